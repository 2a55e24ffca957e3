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

-- name: known names
select number, text from name where text in (values (?))

-- name: last name
select coalesce(max(number), 0) from name

-- name: insert name
insert into name (number, text) values (?, ?)

-- name: insert mention
insert into mention (name, seq) values (?, ?) on conflict do nothing

-- name: insert moment
insert into moment (at, seq) values (?, ?) on conflict do nothing

-- name: mentioning
select m.seq from name n join mention m on m.name = n.number where n.text = ? and m.seq > ? order by m.seq limit ?

-- name: during
select at, seq from moment where at >= ? and at < ? and (at, seq) > (?, ?) order by at, seq limit ?

-- name: names
select text from name where text > ?2 and (?1 = '' or instr(lower(text), ?1) > 0) order by text limit ?3

-- name: all mentions
select m.seq, n.text from mention m join name n on n.number = m.name

-- name: all moments
select at, seq from moment

-- name: reset mentions
delete from mention

-- name: reset names
delete from name

-- name: reset moments
delete from moment

-- name: reset mark
update mark set seq = 0, root = zeroblob(32)
