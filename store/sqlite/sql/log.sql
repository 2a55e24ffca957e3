-- name: begin
begin immediate

-- name: begin read
begin

-- name: commit
commit

-- name: rollback
rollback

-- name: confirm
update batch set size = size where first = (select max(first) from batch)

-- name: head
select size, root from batch order by first desc limit 1

-- name: prefixes
select first, size, prefixes from batch where first > ? order by first

-- name: insert entry
insert into entry (seq, id, kind, author, received, identity, salt, body) values (?, ?, ?, ?, ?, ?, ?, ?)

-- name: insert batch
insert into batch (first, size, root, prefixes) values (?, ?, ?, ?)

-- name: insert node
insert into node (first, hashes) values (?, ?)

-- name: read
select seq, id, kind, author, received, identity, salt, body from entry where seq >= ? order by seq limit ?

-- name: id
select id from entry where seq = ?

-- name: node
select first, hashes from node where first <= ? order by first desc limit 1

-- name: insert checkpoint
insert into checkpoint (size, at, note) values (?, ?, ?)

-- name: checkpoints
select size, at, note from checkpoint order by number
