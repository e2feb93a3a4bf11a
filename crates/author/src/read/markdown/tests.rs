//! What the constructs of Markdown become.
