-- Who did it, by name: the log is searched for the few names in it, and of each the newest are read.
create index audit_entries_actor_name_idx on audit_entries (actor_name, at desc, id desc);

-- What went, or goes, to an address of its own: a few among all the mails, and no booking's.
create index outbox_address_idx on outbox (created_at) where address <> '';
