//! The live side: plan, transcript, diagnosis.
