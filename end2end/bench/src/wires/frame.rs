//! WebSocket frames as bytes (RFC 6455, 5.2), as far as load needs them: whole messages only.

const TEXT: u8 = 0x1;
const CLOSE: u8 = 0x8;
const PING: u8 = 0x9;

/// What masks a client's frames. The server takes it off all the same; a constant one costs us nothing to make.
const MASK: [u8; 4] = [0x37, 0xfa, 0x21, 0x3d];

/// A frame that came whole.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Frame<'a> {
    Text(&'a [u8]),
    Ping(&'a [u8]),
    /// The code, or 1005 if there was none.
    Close(u16),
    Other,
}

/// The first frame in `bytes` and how many of them it takes; `None` if it is not whole.
pub(super) fn parse(bytes: &[u8]) -> Option<(Frame<'_>, usize)> {
    let [first, second, rest @ ..] = bytes else { return None };
    let (length, head): (usize, usize) = match second & 0x7f {
        126 => (usize::from(u16::from_be_bytes(*rest.first_chunk()?)), 4),
        127 => (usize::try_from(u64::from_be_bytes(*rest.first_chunk()?)).ok()?, 10),
        short => (usize::from(short), 2),
    };
    let end = head.checked_add(length)?;
    let payload = bytes.get(head..end)?;
    let frame = match first & 0x0f {
        TEXT => Frame::Text(payload),
        PING => Frame::Ping(payload),
        CLOSE => Frame::Close(payload.first_chunk().map_or(1005, |code| u16::from_be_bytes(*code))),
        _ => Frame::Other,
    };
    Some((frame, end))
}

pub(super) fn text(into: &mut Vec<u8>, payload: &[u8]) {
    put(into, 0x80 | TEXT, payload);
}

pub(super) fn pong(into: &mut Vec<u8>, payload: &[u8]) {
    put(into, 0x8a, payload);
}

fn put(into: &mut Vec<u8>, first: u8, payload: &[u8]) {
    into.push(first);
    match (u8::try_from(payload.len()), u16::try_from(payload.len())) {
        (Ok(short @ ..126), _) => into.push(0x80 | short),
        (_, Ok(middle)) => {
            into.push(0x80 | 0x7e);
            into.extend(middle.to_be_bytes());
        }
        _ => {
            into.push(0x80 | 0x7f);
            into.extend((payload.len() as u64).to_be_bytes());
        }
    }
    into.extend(MASK);
    let began = into.len();
    into.extend_from_slice(payload);
    for chunk in into.get_mut(began..).unwrap_or_default().chunks_mut(MASK.len()) {
        for (byte, mask) in chunk.iter_mut().zip(MASK) {
            *byte ^= mask;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_frame_is_read_once_it_is_whole() {
        let mut bytes = vec![0x81, 126, 0, 200];
        bytes.extend([b'x'; 200]);
        assert_eq!(parse(bytes.get(..203).unwrap_or_default()), None);
        assert_eq!(parse(&bytes), Some((Frame::Text(&[b'x'; 200]), 204)));
        assert_eq!(parse(&[0x88, 2, 0x11, 0x94]), Some((Frame::Close(4500), 4)));
    }

    #[test]
    fn what_is_sent_is_masked() {
        let mut bytes = Vec::new();
        text(&mut bytes, b"hello");
        assert_eq!(bytes.get(..6), Some([0x81, 0x85, 0x37, 0xfa, 0x21, 0x3d].as_slice()));
        assert_eq!(bytes.get(6), Some(&(b'h' ^ 0x37)));
    }
}
