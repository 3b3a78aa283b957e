-- An account begins with nothing: what it has later was booked.
CREATE FUNCTION ledger_account_begins_empty() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'ledger_account begins empty' USING ERRCODE = '23SC4';
END;
$$;
CREATE TRIGGER ledger_account_begins_empty AFTER INSERT ON ledger_account
    FOR EACH ROW WHEN (NEW.balance <> 0 OR NEW.reserved <> 0 OR NEW.last_no <> 0)
    EXECUTE FUNCTION ledger_account_begins_empty();
