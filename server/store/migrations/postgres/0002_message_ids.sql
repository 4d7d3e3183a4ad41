-- Ids that clients give their messages are random, so that an index on them touches a page of its own for nearly every message
-- of a long conversation: half the cost of storing one. The hub, which alone writes messages, knows the ids of the
-- conversations it holds; see docs/decisions/0015.

ALTER TABLE message DROP CONSTRAINT message_conversation_id_client_id_key;
