//! What to write for a new client.
