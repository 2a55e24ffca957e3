-- Names and times in sorted runs. What the index held before is derived again from the log.
drop table mention;
drop table name;
drop table moment;

update mark set seq = 0, root = zeroblob(32);

-- A run is a sorted list of pairs, written once and never changed; a later one has a greater number.
create table run (
    number integer primary key,
    pairs  integer not null
) strict;

-- The pairs of a run, in order, a few hundred a block. The form of the body is in runs.go.
create table block (
    number integer primary key,
    run    integer not null,            -- run.number
    key    blob    not null,            -- the first pair of the block is (key, seq);
    seq    integer not null,            -- that of a run's first block is not written: it has an empty key and 0
    body   blob    not null
) strict;

-- Beside the table: a tree of the bodies themselves would read a whole body for each comparison on the way to one.
create unique index block_place on block (run, key, seq);
