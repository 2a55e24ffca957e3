-- The index: all of it can be derived again from the log.
create table mark (
    only integer primary key check (only = 0),
    seq  integer not null,
    root blob    not null
) strict;

insert into mark values (0, 0, zeroblob(32));

create table name (
    number integer primary key,
    text   text not null unique
) strict;

create table mention (
    name integer not null,              -- name.number
    seq  integer not null,
    primary key (name, seq)
) strict, without rowid;

create table moment (
    at  integer not null,               -- Unix milliseconds
    seq integer not null,
    primary key (at, seq)
) strict, without rowid;
