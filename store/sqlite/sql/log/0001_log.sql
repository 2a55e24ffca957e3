-- The log. Rows are only ever added, in the order of seq.
create table entry (
    seq      integer primary key,       -- position from 1 on, without a hole
    id       blob    not null,          -- 32 bytes
    kind     integer not null,
    author   text    not null,
    received integer not null,          -- Unix milliseconds
    identity blob    not null,          -- 32 bytes: an event's identity; zero for a statement
    salt     blob    not null,          -- 16 bytes
    body     blob    not null
) strict;

-- One row an append: the log's head after it, and the first 8 bytes of each new entry's id, in order. The look-up of
-- duplicates is loaded from here; an index on the ids themselves would touch a page of its own for every entry.
create table batch (
    first    integer primary key,       -- position of the first entry that the append added
    size     integer not null,          -- entries in the log after it
    root     blob    not null,          -- 32 bytes: the Merkle root after it
    prefixes blob    not null           -- 8 bytes an entry
) strict;

-- Tree nodes in the order of their numbers, up to 128 a row.
create table node (
    first  integer primary key,         -- number of the first node in the row
    hashes blob    not null             -- 32 bytes a node
) strict;

create table checkpoint (
    number integer primary key,
    size   integer not null,
    at     integer not null,            -- Unix milliseconds
    note   blob    not null
) strict;
