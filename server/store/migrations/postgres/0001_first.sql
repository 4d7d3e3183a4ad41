-- Times are milliseconds since 1970-01-01T00:00:00Z. Every integer is BIGINT, so that one row type reads both engines.
-- This file and its twin for the other engine differ in nothing but the types of keys and hashes.
-- Text that comes from outside is stored as src/encode.rs has it.

-- Who may do what.

CREATE TABLE auth_rule (
    id BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    name TEXT NOT NULL UNIQUE
);

CREATE TABLE auth_group (
    id BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    name TEXT NOT NULL UNIQUE
);

CREATE TABLE auth_group_rule (
    auth_group_id BIGINT NOT NULL REFERENCES auth_group (id) ON DELETE CASCADE,
    auth_rule_id BIGINT NOT NULL REFERENCES auth_rule (id) ON DELETE CASCADE,
    PRIMARY KEY (auth_group_id, auth_rule_id)
);

-- People and teams.

CREATE TABLE member (
    id BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    login TEXT NOT NULL,
    -- The login in lower case: what makes it unique.
    login_key TEXT NOT NULL UNIQUE,
    name TEXT NOT NULL,
    password_hash TEXT NOT NULL,
    seats BIGINT NOT NULL CHECK (seats >= 0),
    duty TEXT NOT NULL DEFAULT 'off' CHECK (duty IN ('on', 'break', 'off')),
    disabled BOOLEAN NOT NULL DEFAULT FALSE,
    last_seated_at BIGINT NOT NULL DEFAULT 0,
    created_at BIGINT NOT NULL
);

CREATE TABLE auth_group_access (
    member_id BIGINT NOT NULL REFERENCES member (id) ON DELETE CASCADE,
    auth_group_id BIGINT NOT NULL REFERENCES auth_group (id) ON DELETE CASCADE,
    PRIMARY KEY (member_id, auth_group_id)
);

CREATE TABLE member_group (
    id BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    name TEXT NOT NULL UNIQUE,
    last_agent_first BOOLEAN NOT NULL DEFAULT TRUE,
    line_max BIGINT CHECK (line_max >= 0),
    wait_ms_max BIGINT CHECK (wait_ms_max > 0),
    overflow_group_id BIGINT REFERENCES member_group (id) ON DELETE SET NULL CHECK (overflow_group_id <> id)
);

CREATE TABLE member_group_access (
    member_id BIGINT NOT NULL REFERENCES member (id) ON DELETE CASCADE,
    member_group_id BIGINT NOT NULL REFERENCES member_group (id) ON DELETE CASCADE,
    PRIMARY KEY (member_id, member_group_id)
);

CREATE TABLE duty_log (
    id BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    member_id BIGINT NOT NULL REFERENCES member (id) ON DELETE CASCADE,
    duty TEXT NOT NULL CHECK (duty IN ('on', 'break', 'off')),
    at BIGINT NOT NULL
);

CREATE TABLE session (
    -- A hash of the token; the token itself is nowhere.
    token_hash BYTEA PRIMARY KEY,
    member_id BIGINT NOT NULL REFERENCES member (id) ON DELETE CASCADE,
    created_at BIGINT NOT NULL,
    last_used_at BIGINT NOT NULL,
    expires_at BIGINT NOT NULL
);
CREATE INDEX session_member ON session (member_id);

CREATE TABLE login_throttle (
    -- An account or an address, as the caller words it.
    key TEXT PRIMARY KEY,
    failures BIGINT NOT NULL,
    last_failure_at BIGINT NOT NULL,
    blocked_until BIGINT NOT NULL DEFAULT 0
);

CREATE TABLE config (
    key TEXT PRIMARY KEY,
    value TEXT NOT NULL
);

-- Sites and guests.

CREATE TABLE site (
    id BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    name TEXT NOT NULL,
    key TEXT NOT NULL UNIQUE,
    -- A JSON array.
    allowed_origins TEXT NOT NULL DEFAULT '[]',
    group_id BIGINT NOT NULL REFERENCES member_group (id)
);

CREATE TABLE guest (
    id UUID PRIMARY KEY,
    site_id BIGINT NOT NULL REFERENCES site (id),
    name TEXT NOT NULL DEFAULT '',
    contact TEXT NOT NULL DEFAULT '',
    last_agent_id BIGINT REFERENCES member (id),
    first_seen_at BIGINT NOT NULL,
    last_seen_at BIGINT NOT NULL,
    visits BIGINT NOT NULL DEFAULT 0,
    language TEXT NOT NULL DEFAULT '',
    time_zone TEXT NOT NULL DEFAULT '',
    screen_width BIGINT NOT NULL DEFAULT 0,
    screen_height BIGINT NOT NULL DEFAULT 0,
    browser TEXT NOT NULL DEFAULT '',
    system TEXT NOT NULL DEFAULT '',
    address TEXT NOT NULL DEFAULT '',
    first_url TEXT NOT NULL DEFAULT '',
    first_title TEXT NOT NULL DEFAULT '',
    first_referrer TEXT NOT NULL DEFAULT '',
    page_url TEXT NOT NULL DEFAULT '',
    page_title TEXT NOT NULL DEFAULT '',
    page_referrer TEXT NOT NULL DEFAULT ''
);

CREATE TABLE visit (
    id BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    guest_id UUID NOT NULL REFERENCES guest (id) ON DELETE CASCADE,
    started_at BIGINT NOT NULL,
    last_seen_at BIGINT NOT NULL,
    language TEXT NOT NULL,
    time_zone TEXT NOT NULL,
    screen_width BIGINT NOT NULL,
    screen_height BIGINT NOT NULL,
    browser TEXT NOT NULL,
    system TEXT NOT NULL,
    address TEXT NOT NULL
);
CREATE INDEX visit_guest ON visit (guest_id);

CREATE TABLE visit_page (
    id BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    visit_id BIGINT NOT NULL REFERENCES visit (id) ON DELETE CASCADE,
    -- Repeated from the visit, so that a guest's newest pages are one look into one index.
    guest_id UUID NOT NULL REFERENCES guest (id) ON DELETE CASCADE,
    url TEXT NOT NULL,
    title TEXT NOT NULL,
    referrer TEXT NOT NULL,
    at BIGINT NOT NULL
);
CREATE INDEX visit_page_visit ON visit_page (visit_id);
CREATE INDEX visit_page_guest ON visit_page (guest_id, at);

-- Conversations.

CREATE TABLE conversation (
    id UUID PRIMARY KEY,
    site_id BIGINT NOT NULL REFERENCES site (id),
    guest_id UUID NOT NULL REFERENCES guest (id),
    group_id BIGINT NOT NULL REFERENCES member_group (id),
    priority BIGINT NOT NULL,
    ticket BIGINT NOT NULL,
    epoch BIGINT NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('seated', 'waiting', 'missed', 'closed')),
    since BIGINT NOT NULL,
    agent_id BIGINT REFERENCES member (id),
    seat_reason TEXT,
    answered BOOLEAN NOT NULL,
    returned BOOLEAN NOT NULL,
    wait_reason TEXT,
    missed_reason TEXT,
    closed_by TEXT,
    owed_since BIGINT,
    bounces BIGINT NOT NULL,
    guest_seen BOOLEAN NOT NULL,
    last_agent_id BIGINT REFERENCES member (id),
    created_at BIGINT NOT NULL,
    -- How long the seating lasted that the conversation was closed from; NULL for any other.
    service_ms BIGINT,
    guest_read BIGINT NOT NULL DEFAULT 0,
    guest_delivered BIGINT NOT NULL DEFAULT 0,
    agent_read BIGINT NOT NULL DEFAULT 0,
    agent_delivered BIGINT NOT NULL DEFAULT 0,
    CHECK ((state = 'seated') = (agent_id IS NOT NULL)),
    CHECK ((state = 'seated') = (seat_reason IS NOT NULL)),
    CHECK ((state = 'waiting') = (wait_reason IS NOT NULL)),
    CHECK ((state = 'missed') = (missed_reason IS NOT NULL)),
    CHECK ((state = 'closed') = (closed_by IS NOT NULL))
);
CREATE INDEX conversation_open ON conversation (ticket) WHERE state <> 'closed';
CREATE INDEX conversation_guest ON conversation (guest_id, created_at);
CREATE INDEX conversation_service ON conversation (group_id, since) WHERE service_ms IS NOT NULL;

CREATE TABLE message (
    conversation_id UUID NOT NULL REFERENCES conversation (id) ON DELETE CASCADE,
    seq BIGINT NOT NULL CHECK (seq > 0),
    client_id UUID,
    author TEXT NOT NULL CHECK (author IN ('guest', 'agent', 'system')),
    member_id BIGINT REFERENCES member (id),
    kind TEXT NOT NULL CHECK (kind IN ('text', 'notice')),
    -- The text, or the notice as JSON.
    body TEXT NOT NULL,
    at BIGINT NOT NULL,
    PRIMARY KEY (conversation_id, seq),
    UNIQUE (conversation_id, client_id),
    CHECK ((author = 'agent') = (member_id IS NOT NULL))
);

-- The record of decisions.
CREATE TABLE seating (
    id BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    conversation_id UUID NOT NULL REFERENCES conversation (id) ON DELETE CASCADE,
    at BIGINT NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('seated', 'waiting', 'missed', 'closed')),
    agent_id BIGINT REFERENCES member (id),
    from_id BIGINT REFERENCES member (id),
    epoch BIGINT NOT NULL,
    seat_reason TEXT,
    wait_reason TEXT,
    missed_reason TEXT,
    closed_by TEXT,
    CHECK ((state = 'seated') = (agent_id IS NOT NULL))
);
CREATE INDEX seating_conversation ON seating (conversation_id);
