-- The least that a transfer can be: one call that locks two accounts, asks for the coins, and writes three rows. The
-- tables have the columns, indexes, checks and foreign keys of ours; no limit is asked and no label counted.
CREATE SCHEMA limited;
CREATE TABLE limited.account (LIKE ledger_account INCLUDING ALL);
CREATE TABLE limited.transfer (LIKE ledger_transfer INCLUDING ALL);
CREATE TABLE limited.tally (LIKE ledger_tally INCLUDING ALL);

DO $$
DECLARE
    made record;
BEGIN
    -- LIKE leaves out what is said of the storage, and the foreign keys.
    FOR made IN
        SELECT format('ALTER TABLE limited.%s SET (%s)', substr(relname, 8), array_to_string(reloptions, ', ')) AS words
        FROM pg_class WHERE relname IN ('ledger_account', 'ledger_transfer', 'ledger_tally') AND reloptions IS NOT NULL
    LOOP
        EXECUTE made.words;
    END LOOP;
    INSERT INTO limited.account SELECT * FROM ledger_account;
    INSERT INTO limited.transfer OVERRIDING SYSTEM VALUE SELECT * FROM ledger_transfer;
    FOR made IN
        SELECT format(
            'ALTER TABLE limited.%s ADD CONSTRAINT %I %s', substr(conrelid::regclass::text, 8), conname,
            replace(replace(pg_get_constraintdef(oid), 'REFERENCES ledger_account(', 'REFERENCES limited.account('),
                'REFERENCES ledger_transfer(', 'REFERENCES limited.transfer(')
        ) AS words
        FROM pg_constraint WHERE contype = 'f'
            AND conrelid IN ('ledger_account'::regclass, 'ledger_transfer'::regclass, 'ledger_tally'::regclass)
    LOOP
        EXECUTE made.words;
    END LOOP;
    PERFORM setval(pg_get_serial_sequence('limited.transfer', 'id'), (SELECT max(id) FROM limited.transfer));
END;
$$;

CREATE FUNCTION limited.pay(p_payer bigint, p_payee bigint, p_amount bigint) RETURNS bigint LANGUAGE plpgsql AS $$
DECLARE
    payer record;
    payee record;
    booked bigint;
BEGIN
    IF p_payer < p_payee THEN
        SELECT a.coin_id, a.holder_id, a.balance, a.reserved, a.floor, a.last_no INTO payer
            FROM limited.account a WHERE a.id = p_payer FOR NO KEY UPDATE;
        SELECT a.balance, a.last_no INTO payee FROM limited.account a WHERE a.id = p_payee FOR NO KEY UPDATE;
    ELSE
        SELECT a.balance, a.last_no INTO payee FROM limited.account a WHERE a.id = p_payee FOR NO KEY UPDATE;
        SELECT a.coin_id, a.holder_id, a.balance, a.reserved, a.floor, a.last_no INTO payer
            FROM limited.account a WHERE a.id = p_payer FOR NO KEY UPDATE;
    END IF;
    IF payer.balance - payer.reserved - p_amount < payer.floor THEN
        RETURN NULL;
    END IF;
    -- Both in one statement: what the table checks is read once.
    UPDATE limited.account a
        SET balance = a.balance + CASE a.id WHEN p_payer THEN -p_amount ELSE p_amount END, last_no = a.last_no + 1
        WHERE a.id IN (p_payer, p_payee);
    INSERT INTO limited.transfer (coin_id, payer_id, payee_id, amount, kind, label, payer_no, payee_no, payer_balance,
        payee_balance, key, acted_by_id, made_at, booked_on)
    VALUES (payer.coin_id, p_payer, p_payee, p_amount, 'PAYMENT', 'SALE', payer.last_no + 1, payee.last_no + 1,
        payer.balance - p_amount, payee.balance + p_amount, gen_random_uuid(), payer.holder_id, now(), now()::date)
    RETURNING id INTO booked;
    RETURN booked;
END;
$$;

-- The same, and what was received under the label is counted too, as ours does.
CREATE FUNCTION limited.pay_and_count(p_payer bigint, p_payee bigint, p_amount bigint) RETURNS bigint
LANGUAGE plpgsql AS $$
DECLARE
    booked CONSTANT bigint := limited.pay(p_payer, p_payee, p_amount);
BEGIN
    INSERT INTO limited.tally AS y (holder_id, currency_id, label, month, amount)
    SELECT a.holder_id, a.coin_id, 'SALE', date_trunc('month', now())::date, p_amount
        FROM limited.account a WHERE a.id = p_payee
    ON CONFLICT (holder_id, currency_id, label, month) DO UPDATE SET amount = y.amount + EXCLUDED.amount;
    RETURN booked;
END;
$$;
