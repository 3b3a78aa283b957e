-- The everyday case: one amount between two accounts, without a reservation, an original or a mandate. It does what
-- ledger_book does, in as few expressions as there can be: each is prepared anew in each transaction, and that is what
-- the time goes into.
CREATE FUNCTION ledger_book_one(
    p_payer bigint, p_payee bigint, p_amount bigint, p_kind text, p_label text, p_key uuid, p_note text,
    p_actor bigint, p_at timestamptz, p_on date,
    OUT r_code text, OUT r_room bigint, OUT r_id bigint, OUT r_is_new boolean, OUT r_coin bigint,
    OUT r_payer_no bigint, OUT r_payee_no bigint, OUT r_payer_balance bigint, OUT r_payee_balance bigint
) LANGUAGE plpgsql AS $$
DECLARE
    payer ledger_account;
    payee ledger_account;
    limit_room bigint;
    is_outside boolean;
    is_limited boolean;
    known record;
BEGIN
    IF p_payer < p_payee THEN
        SELECT * INTO payer FROM ledger_account a WHERE a.id = p_payer FOR NO KEY UPDATE;
        SELECT * INTO payee FROM ledger_account a WHERE a.id = p_payee FOR NO KEY UPDATE;
    ELSE
        SELECT * INTO payee FROM ledger_account a WHERE a.id = p_payee FOR NO KEY UPDATE;
        SELECT * INTO payer FROM ledger_account a WHERE a.id = p_payer FOR NO KEY UPDATE;
    END IF;
    -- Each looked up by a statement of its own and only when it matters: one statement with both in it would be planned
    -- anew for every payment.
    is_limited := ledger_is_limited(payer.kind, p_kind);
    IF is_limited THEN
        SELECT least(
                r.per_payment,
                r.per_day - CASE WHEN payer.spent_on >= p_on THEN payer.spent_day ELSE 0 END,
                r.per_month - CASE
                    WHEN payer.spent_on >= date_trunc('month', p_on::timestamp)::date THEN payer.spent_month ELSE 0
                END
            )
            INTO limit_room FROM ledger_limitrule r
            WHERE r.coin_id = payer.coin_id AND r.holder_kind = payer.holder_kind AND r.from_on <= p_on
                AND (r.until_on IS NULL OR r.until_on >= p_on)
            ORDER BY r.id DESC LIMIT 1;
    END IF;
    IF NOT payee.in_area THEN
        SELECT c.area_bound AND p_kind IN ('PAYMENT', 'SERVICE', 'DEBT') INTO is_outside
            FROM ledger_coin c WHERE c.id = payee.coin_id;
    END IF;
    r_code := CASE
        WHEN payer.id IS NULL OR payee.id IS NULL THEN 'unknown_account'
        WHEN payer.coin_id <> payee.coin_id THEN 'coin_mismatch'
        ELSE ledger_judge(
            payer, payee, p_kind, p_amount, p_on, is_outside, limit_room, NULL,
            CASE WHEN payer.kind IN ('ISSUE', 'RESERVE') THEN 0 END
        )
    END;
    IF r_code IS NULL THEN
        INSERT INTO ledger_transfer (coin_id, payer_id, payee_id, amount, kind, label, payer_no, payee_no,
            payer_balance, payee_balance, key, acted_by_id, made_at, booked_on)
        VALUES (payer.coin_id, p_payer, p_payee, p_amount, p_kind, p_label, payer.last_no + 1, payee.last_no + 1,
            payer.balance - p_amount, payee.balance + p_amount, p_key, p_actor, p_at, p_on)
        ON CONFLICT (key) DO NOTHING
        RETURNING id, true, coin_id, payer_no, payee_no, payer_balance, payee_balance
            INTO r_id, r_is_new, r_coin, r_payer_no, r_payee_no, r_payer_balance, r_payee_balance;
    END IF;
    -- Refused, or the key was used before: what it did then goes before what is wrong today.
    IF r_id IS NULL THEN
        r_room := CASE r_code
            WHEN 'insufficient_funds' THEN payer.balance - payer.reserved - payer.floor
            WHEN 'limit_exceeded' THEN limit_room
        END;
        r_is_new := false;
        SELECT t.id, CASE WHEN (t.payer_id, t.payee_id, t.amount, t.kind, t.label) IS DISTINCT FROM
                (p_payer, p_payee, p_amount, p_kind::varchar, p_label::varchar)
                OR t.reverses_id IS NOT NULL OR t.reservation_id IS NOT NULL THEN 'key_reused' END
            AS code INTO known FROM ledger_transfer t WHERE t.key = p_key;
        IF FOUND THEN
            r_id := known.id;
            r_code := known.code;
            r_room := NULL;
        END IF;
        RETURN;
    END IF;
    -- Both rows in one statement: what the table checks is read once.
    UPDATE ledger_account a
        SET balance = CASE a.id WHEN p_payer THEN r_payer_balance ELSE r_payee_balance END,
            last_no = CASE a.id WHEN p_payer THEN r_payer_no ELSE r_payee_no END,
            spent_on = CASE WHEN a.id = p_payer AND is_limited THEN greatest(a.spent_on, p_on) ELSE a.spent_on END,
            spent_day = CASE
                WHEN a.id = p_payee OR NOT is_limited THEN a.spent_day
                WHEN a.spent_on >= p_on THEN a.spent_day + p_amount
                ELSE p_amount
            END,
            spent_month = CASE
                WHEN a.id = p_payee OR NOT is_limited THEN a.spent_month
                WHEN a.spent_on >= date_trunc('month', p_on::timestamp)::date THEN a.spent_month + p_amount
                ELSE p_amount
            END
        WHERE a.id IN (p_payer, p_payee);
    IF p_label <> '' THEN
        INSERT INTO ledger_tally AS y (holder_id, currency_id, label, month, amount)
            SELECT payee.holder_id, coalesce(c.pegged_to_id, c.id), p_label,
                date_trunc('month', p_on::timestamp)::date, p_amount
            FROM ledger_coin c WHERE c.id = payee.coin_id
            ON CONFLICT (holder_id, currency_id, label, month) DO UPDATE SET amount = y.amount + EXCLUDED.amount;
    END IF;
    IF p_note <> '' THEN
        INSERT INTO ledger_transfernote (transfer_id, text) VALUES (r_id, p_note);
    END IF;
END;
$$;
