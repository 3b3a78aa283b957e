-- No more coins than euros behind them, whoever writes. It locks what it compares, in the order of numbers, so that of
-- an issue and a redemption at the same moment the second sees the first.
CREATE FUNCTION ledger_account_backing() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    covered CONSTANT bigint := CASE NEW.kind WHEN 'ISSUE' THEN NEW.coin_id ELSE NEW.backs_id END;  -- a bank covers nothing
    reserve bigint := 0;
    circulation bigint := 0;
    account record;
BEGIN
    IF covered IS NULL THEN
        RETURN NULL;
    END IF;
    FOR account IN
        SELECT a.kind, a.balance FROM ledger_account a
        WHERE a.kind = 'ISSUE' AND a.coin_id = covered OR a.backs_id = covered
        ORDER BY a.id FOR NO KEY UPDATE
    LOOP
        IF account.kind = 'ISSUE' THEN
            circulation := circulation - account.balance;
        ELSE
            reserve := reserve + account.balance;
        END IF;
    END LOOP;
    IF circulation < 0 THEN
        RAISE EXCEPTION 'ledger_account_issue_owes' USING ERRCODE = '23SC2';
    END IF;
    IF circulation > reserve THEN
        RAISE EXCEPTION 'ledger_account is not backed' USING ERRCODE = '23SC2';
    END IF;
    RETURN NULL;
END;
$$;
-- The condition is short because it is read at each payment: a reserve, or what has no floor.
CREATE TRIGGER ledger_account_backing AFTER UPDATE OF balance ON ledger_account
    FOR EACH ROW WHEN (NEW.backs_id IS NOT NULL OR NEW.floor IS NULL)
    EXECUTE FUNCTION ledger_account_backing();
