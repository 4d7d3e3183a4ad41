//! What the server did that it must not.

/// Something that the protocol or DESIGN.md does not allow.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Violation {
    /// What was acknowledged, or seen, is not there any more.
    #[error("lost: {0}")]
    Lost(String),
    /// What was sent once is there twice.
    #[error("doubled: {0}")]
    Doubled(String),
    /// What came later stands, or came, before what came earlier.
    #[error("out of order: {0}")]
    Disorder(String),
    #[error("{0}")]
    Other(String),
}
