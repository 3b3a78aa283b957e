CREATE TRIGGER ledger_account_begins_empty BEFORE INSERT ON ledger_account
WHEN NEW.balance <> 0 OR NEW.reserved <> 0 OR NEW.last_no <> 0
BEGIN
    SELECT RAISE(ABORT, 'ledger_account begins empty');
END
