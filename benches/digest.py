#!/usr/bin/env python3
"""How fast digests are made, against OpenSSL and the server: python3 benches/digest.py [ROUNDS]

Needs a release build. AUTHKUMA names another program than target/release/authkuma, AUTHKUMA_AUTHELIA the server's.
The candidates run in turn, so that whatever else the machine does hits all of them; what counts are the ratios of one run.
"""
import hashlib, json, os, shutil, ssl, statistics, subprocess, sys, time

ROOT = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
PROGRAM = os.environ.get("AUTHKUMA", os.path.join(ROOT, "target/release/authkuma"))
AUTHELIA = os.environ.get("AUTHKUMA_AUTHELIA") or shutil.which("authelia")
ROUNDS = int(sys.argv[1]) if len(sys.argv) > 1 else 15
ITERATIONS = 310_000
SECRET = b"insecure_secret"


def wall(action):
    begin = time.perf_counter()
    action()
    return time.perf_counter() - begin


def process(*argv, stdin=b""):
    """Seconds of a whole process."""
    def action():
        done = subprocess.run(argv, input=stdin, capture_output=True)
        if done.returncode:
            sys.exit(f"{' '.join(argv)}: {done.stderr.decode()}")
    return lambda: wall(action)


def derivation():
    """Seconds of our derivation alone, the shortest of three, as `tune` measures it."""
    argv = [PROGRAM, "tune", "--algorithm", "pbkdf2", "--target-ms", "100", "--format", "json"]
    done = subprocess.run(argv, capture_output=True, check=True)
    return json.loads(done.stdout)["results"][0]["default"]["milliseconds"] / 1e3


def libcrypto():
    """Seconds of OpenSSL's derivation alone, the shortest of three."""
    return min(wall(lambda: hashlib.pbkdf2_hmac("sha512", SECRET, os.urandom(16), ITERATIONS)) for _ in range(3))


def measure(candidates, rounds=ROUNDS):
    """Times of every candidate, taken in turn."""
    times = {name: [] for name in candidates}
    for seconds in candidates.values():
        seconds()
    for _ in range(rounds):
        for name, seconds in candidates.items():
            times[name].append(seconds())
    return times


def report(title, times, ratios):
    print(f"\n{title}")
    for name, taken in times.items():
        print(f"  {name:<44} median {statistics.median(taken) * 1e3:8.1f} ms   least {min(taken) * 1e3:8.1f} ms")
    for first, second, aim in ratios:
        paired = statistics.median(a / b for a, b in zip(times[first], times[second]))
        medians = statistics.median(times[first]) / statistics.median(times[second])
        print(f"  {first} / {second}: {medians:.2f} by medians, {paired:.2f} by pairs (aim: {aim})")


def hashing(*options, secrets=SECRET):
    return process(PROGRAM, "hash", *options, stdin=secrets)


print(f"{os.cpu_count()} cores, load {os.getloadavg()[0]:.1f}, {ssl.OPENSSL_VERSION}, {ROUNDS} rounds")

report("cold start (aim: under 5 ms)", measure({"authkuma --version": process(PROGRAM, "--version")}, 20 * ROUNDS), [])

times = measure({"authkuma": derivation, "libcrypto": libcrypto})
report(f"the derivation alone, PBKDF2-SHA512 with {ITERATIONS} iterations", times, [("authkuma", "libcrypto", "at most 0.85")])

candidates = {"authkuma": hashing()}
ratios = []
if shutil.which("openssl"):
    candidates["openssl kdf"] = process(
        "openssl", "kdf", "-keylen", "64", "-kdfopt", "digest:SHA512", "-kdfopt", f"pass:{SECRET.decode()}",
        "-kdfopt", "hexsalt:000102030405060708090a0b0c0d0e0f", "-kdfopt", f"iter:{ITERATIONS}", "PBKDF2")
    ratios.append(("authkuma", "openssl kdf", "at most 0.85"))
if AUTHELIA:
    candidates["authelia"] = process(AUTHELIA, "crypto", "hash", "generate", "pbkdf2", "--no-confirm", "--password", SECRET.decode())
    ratios.append(("authkuma", "authelia", "at most 0.9"))
report("the whole process", measure(candidates), ratios)

COUNT = 64
batch = b"".join(b"secret %d\n" % number for number in range(COUNT))
def one_by_one():
    """The same without lanes: every secret its own process."""
    return sum(hashing(secrets=b"secret %d" % number)() for number in range(COUNT))


candidates = {
    "one by one": one_by_one,
    "1 thread": hashing("--batch", "--jobs", "1", secrets=batch),
    "all cores": hashing("--batch", secrets=batch),
}
times = measure(candidates, max(3, ROUNDS // 3))
report(f"batch of {COUNT}", times, [("1 thread", "all cores", "at least 1.9 on 2 cores"), ("one by one", "1 thread", "no aim")])
