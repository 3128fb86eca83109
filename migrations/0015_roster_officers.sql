-- An officer ended the membership that had this card: nobody is verified by it until an officer approves one.
alter table roster_entries add column needs_officer boolean not null default false;
update roster_entries r set needs_officer = true from memberships m where m.needs_officer and m.card_number = r.card_number;

-- Names in the one form that requests come in: marks that nobody sees go, blanks of any kind become one, between Chinese characters none.
create function pg_temp.clean_name(name text) returns text language sql immutable as $$
    select btrim(regexp_replace(regexp_replace(regexp_replace(name,
        '[\u00ad\u0600-\u0605\u061c\u06dd\u070f\u0890\u0891\u08e2\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u206f\ufeff\ufff9-\ufffb\ufffd\U000110bd\U000110cd\U00013430-\U0001343f\U0001bca0-\U0001bca3\U0001d173-\U0001d17a\U000e0001\U000e0020-\U000e007f]', '', 'g'),
        '[\u0001-\u0020\u007f-\u00a0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]+', ' ', 'g'),
        '(?<=[\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]) (?=[\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff])', '', 'g'))
$$;
update memberships set name = pg_temp.clean_name(name) where pg_temp.clean_name(name) not in (name, '');
update roster_entries set name = pg_temp.clean_name(name) where pg_temp.clean_name(name) not in (name, '');
drop function pg_temp.clean_name;
