CREATE TRIGGER ledger_account_backing AFTER UPDATE OF balance ON ledger_account
WHEN NEW.kind IN ('ISSUE', 'RESERVE') AND NEW.balance <> OLD.balance
BEGIN
    SELECT RAISE(ABORT, 'ledger_account_issue_owes') WHERE NEW.kind = 'ISSUE' AND NEW.balance > 0;
    SELECT RAISE(ABORT, 'ledger_account is not backed') WHERE (
        SELECT coalesce(sum(-balance), 0) FROM ledger_account
        WHERE kind = 'ISSUE' AND coin_id = CASE NEW.kind WHEN 'ISSUE' THEN NEW.coin_id ELSE NEW.backs_id END
    ) > (
        SELECT coalesce(sum(balance), 0) FROM ledger_account
        WHERE backs_id = CASE NEW.kind WHEN 'ISSUE' THEN NEW.coin_id ELSE NEW.backs_id END
    );
END
