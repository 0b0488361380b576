//! PBKDF2-SHA512 of four secrets at once, one in each lane of a vector unit with AVX-512's rotations and registers: three
//! times as many keys in the same time. Without those it gains nothing over the `sha2` crate's own code, and eight lanes
//! gain no more, for they do not fit into the registers.

#![expect(clippy::inline_always, reason = "what is not inlined is not compiled for the unit")]

use std::iter::zip;

use pulp::NullaryFnOnce;
use pulp::x86::V4;
use zeroize::{Zeroize as _, Zeroizing};

use super::family::Key;
use super::pbkdf2_sha512::{BITS, HASH, first, keyed};

/// Keys that are derived at once.
pub(super) const LANES: usize = 4;

/// Fewer than this are faster one after the other.
pub(super) const FEWEST: usize = 2;

/// The same word of every lane.
type Vector = [u64; LANES];
type State = [Vector; 8];

/// A machine that has such a vector unit.
#[derive(Clone, Copy)]
pub(super) struct Unit(V4);

impl Unit {
    /// The unit of this machine. Without optimisation the code is no vector code, so debug builds have none.
    pub(super) fn find() -> Option<Unit> {
        if cfg!(debug_assertions) { None } else { Unit::present() }
    }

    fn present() -> Option<Unit> {
        V4::try_new().map(Unit)
    }

    /// The keys of up to four secrets, each with its salt.
    pub(super) fn derive(self, inputs: &[(&[u8], &[u8])], iterations: u32) -> Vec<Key> {
        let mut start = Zeroizing::new([[[0; LANES]; 8]; 3]);
        for (lane, (secret, salt)) in inputs.iter().take(LANES).enumerate() {
            let (inner, outer) = keyed(secret);
            let first = &first(secret, salt, HASH)[0];
            for (vectors, words) in start.iter_mut().zip([&inner, &outer, first]) {
                for (vector, word) in zip(vectors, words.iter()) {
                    vector[lane] = *word;
                }
            }
        }
        let [inner, outer, first] = &*start;
        let sum = Zeroizing::new(self.0.vectorize(Iterations { inner, outer, first, count: iterations }));
        let key = |lane: usize| Zeroizing::new(sum.iter().flat_map(|vector| vector[lane].to_be_bytes()).collect());
        (0..inputs.len().min(LANES)).map(key).collect()
    }
}

/// All iterations but the first.
struct Iterations<'a> {
    inner: &'a State,
    outer: &'a State,
    first: &'a State,
    /// The first one included.
    count: u32,
}

impl NullaryFnOnce for Iterations<'_> {
    type Output = State;

    #[inline(always)]
    fn call(self) -> State {
        let mut sum = *self.first;
        // A hash, its padding and the length of what was hashed.
        let mut block = [[0; LANES]; 16];
        block[..8].copy_from_slice(self.first);
        block[8] = [1 << 63; LANES];
        block[15] = [BITS; LANES];
        for _ in 1..self.count {
            for key in [self.inner, self.outer] {
                let hash = compress(key, &block);
                block[..8].copy_from_slice(&hash);
            }
            for (sum, hash) in zip(&mut sum, &block[..8]) {
                *sum = map2(*sum, *hash, |sum, hash| sum ^ hash);
            }
        }
        block.zeroize();
        sum
    }
}

/// SHA-512's compression, FIPS 180-4 section 6.4.2, in every lane.
#[inline(always)]
#[expect(clippy::many_single_char_names, reason = "the standard's own names")]
fn compress(state: &State, block: &[Vector; 16]) -> State {
    let mut schedule = *block;
    let mut working = *state;
    for (round, constant) in ROUNDS.into_iter().enumerate() {
        let at = |ahead: usize| (round + ahead) % 16;
        if round >= 16 {
            let (small, large) = (map(schedule[at(1)], small_sigma_0), map(schedule[at(14)], small_sigma_1));
            schedule[at(0)] = add(add(schedule[at(0)], small), add(schedule[at(9)], large));
        }
        let [a, b, c, d, e, f, g, h] = working;
        let chosen = map3(e, f, g, |e, f, g| (e & f) ^ (!e & g));
        let majority = map3(a, b, c, |a, b, c| (a & b) | ((a | b) & c));
        let key = map(schedule[at(0)], |word| word.wrapping_add(constant));
        let first = add(add(h, map(e, large_sigma_1)), add(chosen, key));
        let second = add(map(a, large_sigma_0), majority);
        working = [add(first, second), a, b, c, add(d, first), e, f, g];
    }
    let mut sum = *state;
    for (sum, word) in zip(&mut sum, working) {
        *sum = add(*sum, word);
    }
    sum
}

#[inline(always)]
fn large_sigma_0(word: u64) -> u64 {
    word.rotate_right(28) ^ word.rotate_right(34) ^ word.rotate_right(39)
}

#[inline(always)]
fn large_sigma_1(word: u64) -> u64 {
    word.rotate_right(14) ^ word.rotate_right(18) ^ word.rotate_right(41)
}

#[inline(always)]
fn small_sigma_0(word: u64) -> u64 {
    word.rotate_right(1) ^ word.rotate_right(8) ^ (word >> 7)
}

#[inline(always)]
fn small_sigma_1(word: u64) -> u64 {
    word.rotate_right(19) ^ word.rotate_right(61) ^ (word >> 6)
}

#[inline(always)]
fn add(x: Vector, y: Vector) -> Vector {
    map2(x, y, u64::wrapping_add)
}

#[inline(always)]
fn map(x: Vector, f: impl Fn(u64) -> u64) -> Vector {
    map3(x, x, x, |x, _, _| f(x))
}

#[inline(always)]
fn map2(x: Vector, y: Vector, f: impl Fn(u64, u64) -> u64) -> Vector {
    map3(x, y, y, |x, y, _| f(x, y))
}

#[inline(always)]
fn map3(x: Vector, y: Vector, z: Vector, f: impl Fn(u64, u64, u64) -> u64) -> Vector {
    let mut result = [0; LANES];
    for lane in 0..LANES {
        result[lane] = f(x[lane], y[lane], z[lane]);
    }
    result
}

/// SHA-512's constants, FIPS 180-4 section 4.2.3.
#[rustfmt::skip]
const ROUNDS: [u64; 80] = [
    0x428a_2f98_d728_ae22, 0x7137_4491_23ef_65cd, 0xb5c0_fbcf_ec4d_3b2f, 0xe9b5_dba5_8189_dbbc, 0x3956_c25b_f348_b538,
    0x59f1_11f1_b605_d019, 0x923f_82a4_af19_4f9b, 0xab1c_5ed5_da6d_8118, 0xd807_aa98_a303_0242, 0x1283_5b01_4570_6fbe,
    0x2431_85be_4ee4_b28c, 0x550c_7dc3_d5ff_b4e2, 0x72be_5d74_f27b_896f, 0x80de_b1fe_3b16_96b1, 0x9bdc_06a7_25c7_1235,
    0xc19b_f174_cf69_2694, 0xe49b_69c1_9ef1_4ad2, 0xefbe_4786_384f_25e3, 0x0fc1_9dc6_8b8c_d5b5, 0x240c_a1cc_77ac_9c65,
    0x2de9_2c6f_592b_0275, 0x4a74_84aa_6ea6_e483, 0x5cb0_a9dc_bd41_fbd4, 0x76f9_88da_8311_53b5, 0x983e_5152_ee66_dfab,
    0xa831_c66d_2db4_3210, 0xb003_27c8_98fb_213f, 0xbf59_7fc7_beef_0ee4, 0xc6e0_0bf3_3da8_8fc2, 0xd5a7_9147_930a_a725,
    0x06ca_6351_e003_826f, 0x1429_2967_0a0e_6e70, 0x27b7_0a85_46d2_2ffc, 0x2e1b_2138_5c26_c926, 0x4d2c_6dfc_5ac4_2aed,
    0x5338_0d13_9d95_b3df, 0x650a_7354_8baf_63de, 0x766a_0abb_3c77_b2a8, 0x81c2_c92e_47ed_aee6, 0x9272_2c85_1482_353b,
    0xa2bf_e8a1_4cf1_0364, 0xa81a_664b_bc42_3001, 0xc24b_8b70_d0f8_9791, 0xc76c_51a3_0654_be30, 0xd192_e819_d6ef_5218,
    0xd699_0624_5565_a910, 0xf40e_3585_5771_202a, 0x106a_a070_32bb_d1b8, 0x19a4_c116_b8d2_d0c8, 0x1e37_6c08_5141_ab53,
    0x2748_774c_df8e_eb99, 0x34b0_bcb5_e19b_48a8, 0x391c_0cb3_c5c9_5a63, 0x4ed8_aa4a_e341_8acb, 0x5b9c_ca4f_7763_e373,
    0x682e_6ff3_d6b2_b8a3, 0x748f_82ee_5def_b2fc, 0x78a5_636f_4317_2f60, 0x84c8_7814_a1f0_ab72, 0x8cc7_0208_1a64_39ec,
    0x90be_fffa_2363_1e28, 0xa450_6ceb_de82_bde9, 0xbef9_a3f7_b2c6_7915, 0xc671_78f2_e372_532b, 0xca27_3ece_ea26_619c,
    0xd186_b8c7_21c0_c207, 0xeada_7dd6_cde0_eb1e, 0xf57d_4f7f_ee6e_d178, 0x06f0_67aa_7217_6fba, 0x0a63_7dc5_a2c8_98a6,
    0x113f_9804_bef9_0dae, 0x1b71_0b35_131c_471b, 0x28db_77f5_2304_7d84, 0x32ca_ab7b_40c7_2493, 0x3c9e_be0a_15c9_bebc,
    0x431d_67c4_9c10_0d4c, 0x4cc5_d4be_cb3e_42b6, 0x597f_299c_fc65_7e2a, 0x5fcb_6fab_3ad6_faec, 0x6c44_198c_4a47_5817,
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_lane_is_the_crates_derivation() {
        // A machine without such a unit never comes here outside the tests either.
        let Some(unit) = Unit::present() else { return };
        let secrets: Vec<Vec<u8>> = (0..LANES).map(|lane| vec![u8::try_from(lane).unwrap() + 1; lane * 50]).collect();
        let salts: Vec<Vec<u8>> = (0..LANES).map(|lane| vec![7; 200 - lane * 20]).collect();
        let inputs: Vec<(&[u8], &[u8])> = zip(&secrets, &salts).map(|(secret, salt)| (&**secret, &**salt)).collect();
        for count in 1..=LANES {
            for (lane, key) in unit.derive(&inputs[..count], 5).iter().enumerate() {
                let mut expected = [0; HASH];
                ::pbkdf2::pbkdf2_hmac::<sha2::Sha512>(&secrets[lane], &salts[lane], 5, &mut expected);
                assert_eq!(**key, expected, "{lane} of {count}");
            }
        }
        assert_eq!(*unit.derive(&inputs[1..2], 1)[0], unit.derive(&inputs[..2], 1)[1][..]);
    }
}
