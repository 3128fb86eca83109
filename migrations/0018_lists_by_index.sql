-- The log about a thing or a person, and what a person did, newest first. Which kind of thing it is says the id.
drop index audit_entries_subject_idx;
create index audit_entries_subject_idx on audit_entries (subject_id, at desc);
create index audit_entries_actor_idx on audit_entries (actor_id, at desc);

-- Every booking pays for each index of the outbox: two there were, two there are. The first serves the list, also narrowed to what was
-- sent, and what is past keeping; the second the queue, and what did not go out.
drop index outbox_state_idx;
drop index outbox_due_idx;
create index outbox_created_idx on outbox (created_at desc, id desc);
create index outbox_unsent_idx on outbox (state, next_attempt_at) where state <> 'sent';

-- What is past keeping, and of the runs that found nothing to do, which go after a day, those alone.
create index job_runs_started_idx on job_runs (started_at);
create index job_runs_empty_idx on job_runs (started_at) where done = 0 and error is null;
