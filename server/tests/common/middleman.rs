//! A proxy between a client and the server that changes the head of each request.

use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _, copy_bidirectional};
use tokio::net::{TcpListener, TcpStream};

/// Starts one before the server at `upstream`, and says where it is. `change` gets each line of a head, and gives back what
/// becomes of it; what it gives back for the first line is followed by `added`.
pub async fn before(upstream: String, change: fn(&str) -> Option<String>, added: &'static str) -> String {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    tokio::spawn(async move {
        loop {
            let (near, _) = listener.accept().await.unwrap();
            tokio::spawn(pass(near, upstream.clone(), change, added));
        }
    });
    format!("http://{address}")
}

/// One connection, of which the first request is changed: clients here ask once.
async fn pass(mut near: TcpStream, upstream: String, change: fn(&str) -> Option<String>, added: &'static str) {
    let mut head = Vec::new();
    while !head.ends_with(b"\r\n\r\n") {
        if near.read_buf(&mut head).await.unwrap_or(0) == 0 {
            return;
        }
    }
    let text = String::from_utf8(head).unwrap();
    let mut lines = text.trim_end().split("\r\n");
    let first = lines.next().unwrap().to_owned();
    let changed: Vec<_> = [first]
        .into_iter()
        .chain((!added.is_empty()).then(|| added.to_owned()))
        .chain(lines.filter_map(change))
        .collect();
    let mut far = TcpStream::connect(upstream).await.unwrap();
    let head = format!("{}\r\n\r\n", changed.join("\r\n"));
    far.write_all(head.as_bytes()).await.unwrap();
    drop(copy_bidirectional(&mut near, &mut far).await);
}
