-- Ids that clients give their messages are random, so that an index on them touches a page of its own for nearly every message
-- of a long conversation: half the cost of storing one. The hub, which alone writes messages, knows the ids of the
-- conversations it holds; see docs/decisions/0015.
-- A constraint cannot be dropped here, so the table is written anew.

CREATE TABLE message_without_ids (
    conversation_id BLOB NOT NULL REFERENCES conversation (id) ON DELETE CASCADE,
    seq BIGINT NOT NULL CHECK (seq > 0),
    client_id BLOB,
    author TEXT NOT NULL CHECK (author IN ('guest', 'agent', 'system')),
    member_id BIGINT REFERENCES member (id),
    kind TEXT NOT NULL CHECK (kind IN ('text', 'notice')),
    -- The text, or the notice as JSON.
    body TEXT NOT NULL,
    at BIGINT NOT NULL,
    PRIMARY KEY (conversation_id, seq),
    CHECK ((author = 'agent') = (member_id IS NOT NULL))
);

INSERT INTO message_without_ids (conversation_id, seq, client_id, author, member_id, kind, body, at)
SELECT conversation_id, seq, client_id, author, member_id, kind, body, at FROM message ORDER BY rowid;

DROP TABLE message;
ALTER TABLE message_without_ids RENAME TO message;
