//! Argon2 version 19 by the steps of RFC 9106, for what the RFC and with it the `argon2` crate refuse and the server takes:
//! salts under 8 bytes, keys under 4, and less than 8 KiB a lane. On one thread, for such digests are rare.

use blake2::digest::block_api::{UpdateCore as _, VariableOutputCore as _};
use blake2::digest::block_buffer::LazyBuffer;
use blake2::{Blake2b512, Blake2bVarCore, Digest as _};
use zeroize::{Zeroize as _, Zeroizing};

use super::algorithm::Addressing;
use super::family::{Key, blank};

/// Words of a block of one KiB.
const WORDS: usize = 128;

/// Parts into which a pass divides a lane; within one, lanes do not look at each other.
const SLICES: usize = 4;

/// Bytes of a whole `BLAKE2b` hash, and of the part of it that a long one is made of.
const WHOLE: usize = 64;
const HALF: usize = 32;

type Block = [u64; WORDS];

/// What a key is derived from, beside the secret and the salt.
#[derive(Clone, Copy)]
pub(super) struct Parameters {
    pub(super) addressing: Addressing,
    /// KiB, as the digest has it.
    pub(super) memory: u32,
    pub(super) passes: u32,
    pub(super) lanes: u32,
    /// Bytes.
    pub(super) key_length: usize,
}

/// The memory while it is being filled.
struct Memory {
    parameters: Parameters,
    blocks: Zeroizing<Vec<Block>>,
    lanes: usize,
    /// Blocks of a slice of a lane.
    segment: usize,
}

/// Where the next block goes.
#[derive(Clone, Copy)]
struct Place {
    pass: u32,
    slice: usize,
    lane: usize,
    /// Within the slice.
    index: usize,
}

/// The key that a secret leads to.
pub(super) fn derive(parameters: Parameters, secret: &[u8], salt: &[u8]) -> Key {
    let mut memory = Memory::begin(parameters, secret, salt);
    for pass in 0..parameters.passes {
        for slice in 0..SLICES {
            for lane in 0..memory.lanes {
                memory.fill_segment(Place { pass, slice, lane, index: 0 });
            }
        }
    }
    memory.end()
}

impl Memory {
    /// Steps 1 to 4: the first two blocks of every lane.
    fn begin(parameters: Parameters, secret: &[u8], salt: &[u8]) -> Memory {
        let lanes = parameters.lanes as usize;
        let segment = (parameters.memory as usize / (SLICES * lanes)).max(2);
        let mut blocks = Zeroizing::new(vec![[0; WORDS]; SLICES * segment * lanes]);
        let seed = seed(parameters, secret, salt);
        for (number, lane) in (0..parameters.lanes).zip(blocks.chunks_mut(SLICES * segment)) {
            for (place, block) in (0_u32..2).zip(lane) {
                let mut bytes = blank(8 * WORDS);
                hash(&[&seed[..], &place.to_le_bytes(), &number.to_le_bytes()], &mut bytes);
                for (word, bytes) in block.iter_mut().zip(bytes.as_chunks().0) {
                    *word = u64::from_le_bytes(*bytes);
                }
            }
        }
        Memory { parameters, blocks, lanes, segment }
    }

    /// Steps 5 and 6, for one slice of one lane.
    fn fill_segment(&mut self, mut place: Place) {
        let begin = if place.pass == 0 && place.slice == 0 { 2 } else { 0 };
        let independent = match self.parameters.addressing {
            Addressing::Independent => true,
            Addressing::Dependent => false,
            Addressing::Hybrid => place.pass == 0 && place.slice < SLICES / 2,
        };
        let mut addresses = [0; WORDS];
        let (lane, length) = (place.lane * self.lane_length(), self.lane_length());
        for index in begin..self.segment {
            place.index = index;
            let within = place.slice * self.segment + index;
            let (at, before) = (lane + within, lane + (within + length - 1) % length);
            if independent && (index == begin || index % WORDS == 0) {
                addresses = self.addresses(place);
            }
            let random = if independent { addresses[index % WORDS] } else { self.blocks[before][0] };
            let other = self.reference(random, place);
            let mixed = compress(&self.blocks[before], &self.blocks[other]);
            for (old, new) in self.blocks[at].iter_mut().zip(mixed) {
                *old ^= new;
            }
        }
    }

    /// The addresses that do not hang on the secret, 128 at a time.
    fn addresses(&self, place: Place) -> Block {
        const ZERO: Block = [0; WORDS];
        let mut input = ZERO;
        let numbers = [
            u64::from(place.pass),
            place.lane as u64,
            place.slice as u64,
            self.blocks.len() as u64,
            u64::from(self.parameters.passes),
            kind(self.parameters.addressing).into(),
            (place.index / WORDS) as u64 + 1,
        ];
        input[..numbers.len()].copy_from_slice(&numbers);
        compress(&ZERO, &compress(&ZERO, &input))
    }

    /// Section 3.4: the block that is mixed in, among those already there.
    fn reference(&self, random: u64, place: Place) -> usize {
        let (low, high) = (random & 0xffff_ffff, random >> 32);
        let first = place.pass == 0;
        let lanes = self.lanes as u64;
        let lane = if first && place.slice == 0 { place.lane as u64 } else { high % lanes };
        let finished = if first { place.slice } else { SLICES - 1 } * self.segment;
        let window = match lane == place.lane as u64 {
            true => finished + place.index - 1,
            false if place.index == 0 => finished - 1,
            false => finished,
        } as u64;
        let from_end = (window * ((low * low) >> 32)) >> 32;
        let begin = if first { 0 } else { (place.slice + 1) % SLICES * self.segment } as u64;
        let length = self.lane_length() as u64;
        let found = lane * length + (begin + window - 1 - from_end) % length;
        usize::try_from(found).expect("a place in memory")
    }

    /// Steps 7 and 8: the last blocks of all lanes together make the key.
    fn end(self) -> Key {
        let mut last = Zeroizing::new([0; WORDS]);
        for lane in self.blocks.chunks(self.lane_length()) {
            for (sum, word) in last.iter_mut().zip(lane[lane.len() - 1]) {
                *sum ^= word;
            }
        }
        let bytes: Key = Zeroizing::new(last.iter().flat_map(|word| word.to_le_bytes()).collect());
        let mut key = blank(self.parameters.key_length);
        hash(&[&bytes], &mut key);
        key
    }

    fn lane_length(&self) -> usize {
        SLICES * self.segment
    }
}

/// H0: everything that goes in.
fn seed(parameters: Parameters, secret: &[u8], salt: &[u8]) -> Key {
    let length = |bytes: usize| u32::try_from(bytes).unwrap_or(u32::MAX).to_le_bytes();
    let Parameters { addressing, memory, passes, lanes, key_length } = parameters;
    let mut hash = Blake2b512::new();
    hash.update(lanes.to_le_bytes());
    hash.update(length(key_length));
    for number in [memory, passes, 0x13, kind(addressing)] {
        hash.update(number.to_le_bytes());
    }
    // Neither a key of the server nor associated data.
    for part in [secret, salt, &[], &[]] {
        hash.update(length(part.len()));
        hash.update(part);
    }
    Zeroizing::new(hash.finalize().to_vec())
}

const fn kind(addressing: Addressing) -> u32 {
    match addressing {
        Addressing::Dependent => 0,
        Addressing::Independent => 1,
        Addressing::Hybrid => 2,
    }
}

/// H', section 3.3: a hash of any length, into `out`.
fn hash(parts: &[&[u8]], out: &mut [u8]) {
    let length = u32::try_from(out.len()).unwrap_or(u32::MAX).to_le_bytes();
    let input: Key = Zeroizing::new(std::iter::once(&length[..]).chain(parts.iter().copied()).flatten().copied().collect());
    let mut rest = out;
    let mut last = input;
    while rest.len() > WHOLE {
        last = whole_or_shorter(&last, WHOLE);
        let (part, further) = rest.split_at_mut(HALF);
        part.copy_from_slice(&last[..HALF]);
        rest = further;
    }
    rest.copy_from_slice(&whole_or_shorter(&last, rest.len()));
}

/// `BLAKE2b` with a hash of 1 to 64 bytes.
fn whole_or_shorter(input: &[u8], length: usize) -> Key {
    let mut hash = Blake2bVarCore::new(length).expect("1 to 64 bytes");
    let mut buffer = LazyBuffer::default();
    buffer.digest_blocks(input, |blocks| hash.update_blocks(blocks));
    let mut whole = blake2::digest::array::Array::default();
    hash.finalize_variable_core(&mut buffer, &mut whole);
    let key = Zeroizing::new(whole[..length].to_vec());
    whole.as_mut_slice().zeroize();
    key
}

/// G, section 3.5: two blocks into one.
fn compress(x: &Block, y: &Block) -> Block {
    let mut block = *x;
    for (word, other) in block.iter_mut().zip(y) {
        *word ^= other;
    }
    let before = block;
    for row in 0..8 {
        permute(&mut block, std::array::from_fn(|at| 16 * row + at));
    }
    for column in 0..8 {
        permute(&mut block, std::array::from_fn(|at| 16 * (at / 2) + 2 * column + at % 2));
    }
    for (word, other) in block.iter_mut().zip(before) {
        *word ^= other;
    }
    block
}

/// P, section 3.6: a round of `BLAKE2b` over 16 words, with a product beside each sum.
fn permute(block: &mut Block, at: [usize; 16]) {
    for shift in [0, 1] {
        for column in 0..4 {
            // The second time along the diagonals.
            let word = |row: usize| at[4 * row + (column + shift * row) % 4];
            mix(block, [word(0), word(1), word(2), word(3)]);
        }
    }
}

fn mix(block: &mut Block, [a, b, c, d]: [usize; 4]) {
    for (first, second) in [(32, 24), (16, 63)] {
        block[a] = sum(block[a], block[b]);
        block[d] = (block[d] ^ block[a]).rotate_right(first);
        block[c] = sum(block[c], block[d]);
        block[b] = (block[b] ^ block[c]).rotate_right(second);
    }
}

fn sum(x: u64, y: u64) -> u64 {
    let product = (x & 0xffff_ffff) * (y & 0xffff_ffff);
    x.wrapping_add(y).wrapping_add(product.wrapping_mul(2))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The crate's own derivation, where it does not refuse.
    fn expected(parameters: Parameters, secret: &[u8], salt: &[u8]) -> Vec<u8> {
        let algorithm = match parameters.addressing {
            Addressing::Hybrid => ::argon2::Algorithm::Argon2id,
            Addressing::Independent => ::argon2::Algorithm::Argon2i,
            Addressing::Dependent => ::argon2::Algorithm::Argon2d,
        };
        let Parameters { memory, passes, lanes, key_length, .. } = parameters;
        let params = ::argon2::Params::new(memory, passes, lanes, Some(key_length)).unwrap();
        let mut key = vec![0; key_length];
        ::argon2::Argon2::new(algorithm, ::argon2::Version::V0x13, params).hash_password_into(secret, salt, &mut key).unwrap();
        key
    }

    #[test]
    fn it_is_the_same_derivation_as_the_crates() {
        for addressing in [Addressing::Hybrid, Addressing::Independent, Addressing::Dependent] {
            for (memory, passes, lanes, key_length) in
                [(8, 1, 1, 4), (64, 3, 2, 32), (129, 2, 4, 64), (600, 2, 1, 65), (40, 4, 3, 200)]
            {
                let parameters = Parameters { addressing, memory, passes, lanes, key_length };
                let key = derive(parameters, b"secret", b"12345678");
                assert_eq!(
                    *key,
                    expected(parameters, b"secret", b"12345678"),
                    "{addressing:?} {memory} {passes} {lanes} {key_length}"
                );
            }
        }
    }
}
