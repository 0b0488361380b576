//! A stand-in Authelia on loopback.
