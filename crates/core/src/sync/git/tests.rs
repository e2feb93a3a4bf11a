//! With the git that is installed, in a home of its own, and no network but loopback.

mod broken;
mod hostile;
mod http;
mod pushes;
pub(in crate::sync) mod sandbox;
mod transports;
mod verbs;
