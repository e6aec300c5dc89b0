from tillit.records.loading.records import Records
from tillit.records.loading.retention_rules import RetentionRules

TABLES = [Records(), RetentionRules()]
