//! Where a message of the PostgreSQL protocol ends, so that a proxy can count and cut between two.

/// Which way a message goes.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Direction {
    ToServer,
    ToClient,
}

/// What a connection has come to, which decides how its next messages begin.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Phase {
    /// The client's messages have no type: it asks for encryption, or starts.
    Starting,
    /// The client asked for encryption; the server answers with a byte.
    Asked,
    /// Each message has a type.
    Started,
    /// The records of TLS count as messages, for nobody sees what is in them.
    Encrypted,
}

impl Phase {
    /// The length of the first message of these bytes; none while that is not known.
    pub fn length(self, direction: Direction, bytes: &[u8]) -> Option<usize> {
        let big_endian = |at: usize| {
            let field = bytes.get(at..at + 4)?;
            Some(u32::from_be_bytes(field.try_into().unwrap()) as usize)
        };
        match (self, direction) {
            (Self::Starting, Direction::ToServer) => Some(big_endian(0)?.max(4)),
            (Self::Asked, Direction::ToClient) => Some(1),
            (Self::Encrypted, _) => {
                let field = bytes.get(3..5)?;
                Some(5 + usize::from(u16::from_be_bytes(field.try_into().unwrap())))
            }
            _ => Some(1 + big_endian(1)?),
        }
    }

    /// What follows a message.
    pub fn after(self, direction: Direction, message: &[u8]) -> Self {
        const ASKS_FOR_TLS: u32 = 80_877_103;
        const ASKS_FOR_GSS: u32 = 80_877_104;
        match (self, direction) {
            (Self::Starting, Direction::ToServer) => {
                let code =
                    message.get(4..8).map(|code| u32::from_be_bytes(code.try_into().unwrap()));
                match code {
                    Some(ASKS_FOR_TLS | ASKS_FOR_GSS) => Self::Asked,
                    _ => Self::Started,
                }
            }
            (Self::Asked, Direction::ToClient) if message == b"N" => Self::Starting,
            (Self::Asked, Direction::ToClient) => Self::Encrypted,
            _ => self,
        }
    }
}
