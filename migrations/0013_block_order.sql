-- Blocks stand in the order they were entered: ids made in the same millisecond do not keep it.
alter table purchase_blocks add column position integer not null default 0;
update purchase_blocks b set position = o.position
from (select id, (row_number() over (partition by agreement_id order by id))::int - 1 as position from purchase_blocks) o
where o.id = b.id;
