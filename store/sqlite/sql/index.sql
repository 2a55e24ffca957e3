-- name: begin
begin immediate

-- name: commit
commit

-- name: rollback
rollback

-- name: mark
select seq, root from mark

-- name: move mark
update mark set seq = ?, root = ?

-- name: runs
select number, pairs from run order by number

-- name: insert run
insert into run (number, pairs) values (?, ?)

-- name: insert block
insert into block (run, key, seq, body) values (?, ?, ?, ?)

-- name: block at
select key, seq, body from block where run = ? and (key, seq) <= (?, ?) order by key desc, seq desc limit 1

-- name: block after
select key, seq, body from block where run = ? and (key, seq) > (?, ?) order by key, seq limit 1

-- name: remove runs
delete from run where number >= ? and number < ?

-- name: remove blocks
delete from block where run >= ? and run < ?

-- name: reset runs
delete from run

-- name: reset blocks
delete from block

-- name: reset mark
update mark set seq = 0, root = zeroblob(32)
