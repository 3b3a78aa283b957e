-- What these keys did before, and whether it was the same.
CREATE FUNCTION ledger_used_before(
    p_accounts bigint[], p_payer int[], p_payee int[], p_amount bigint[], p_kind text[], p_label text[], p_key uuid[],
    p_reverses bigint[], p_reservation bigint[], p_expires timestamptz
) RETURNS TABLE (i bigint, id bigint, is_same boolean) LANGUAGE plpgsql STABLE AS $$
BEGIN
    IF p_expires IS NULL THEN
        RETURN QUERY SELECT p.i, t.id, t.payer_id = p_accounts[p.payer] AND t.payee_id = p_accounts[p.payee]
            AND t.amount = p.amount AND t.kind = p.kind AND t.label = p.label
            AND t.reverses_id IS NOT DISTINCT FROM p.reverses AND t.reservation_id IS NOT DISTINCT FROM p.reservation
            FROM unnest(p_key, p_payer, p_payee, p_amount, p_kind, p_label, p_reverses, p_reservation)
                WITH ORDINALITY AS p (key, payer, payee, amount, kind, label, reverses, reservation, i)
            JOIN ledger_transfer t ON t.key = p.key;
    ELSE
        RETURN QUERY SELECT p.i, r.id, r.payer_id = p_accounts[p.payer] AND r.payee_id = p_accounts[p.payee]
            AND r.amount = p.amount AND r.kind = p.kind AND r.label = p.label
            FROM unnest(p_key, p_payer, p_payee, p_amount, p_kind, p_label)
                WITH ORDINALITY AS p (key, payer, payee, amount, kind, label, i)
            JOIN ledger_reservation r ON r.key = p.key;
    END IF;
END;
$$;

-- The answer to one entry that cannot be booked: what its key did before goes before what is wrong with it today.
CREATE FUNCTION ledger_said_before(
    p_code text, p_room bigint, p_accounts bigint[], p_payer int[], p_payee int[], p_amount bigint[], p_kind text[],
    p_label text[], p_key uuid[], p_reverses bigint[], p_reservation bigint[], p_expires timestamptz
) RETURNS TABLE (
    r_code text, r_room bigint, r_id bigint, r_is_new boolean, r_coin bigint,
    r_payer_no bigint, r_payee_no bigint, r_payer_balance bigint, r_payee_balance bigint
) LANGUAGE sql AS $$
    SELECT CASE WHEN u.id IS NULL THEN p_code WHEN NOT u.is_same THEN 'key_reused' END,
        CASE WHEN u.id IS NULL THEN p_room END, CASE WHEN u.is_same THEN u.id END, false,
        NULL::bigint, NULL::bigint, NULL::bigint, NULL::bigint, NULL::bigint
    FROM (SELECT 1) AS one LEFT JOIN ledger_used_before(
        p_accounts, p_payer, p_payee, p_amount, p_kind, p_label, p_key, p_reverses, p_reservation, p_expires
    ) AS u ON true
$$;

-- The write path on PostgreSQL: judge lines one after the other, then book all of them or none.
-- ledger/booking/sqlite.py and ledger/booking/judge.py do the same for SQLite, step by step in the same order.
--
-- p_accounts are the numbers of all accounts, sorted and each once; p_payer and p_payee are places in it. An original
-- (p_reverses) or a reservation stands in one line at most, and so does a key. With p_expires one line is reserved
-- instead of booked, with p_only_judge nothing is. Gives a row for each line: a code when it was refused (then nothing was booked), the number of
-- the transfer or reservation otherwise. It never raises for what it refuses, so that an outer transaction goes on.
CREATE FUNCTION ledger_book(
    p_accounts bigint[], p_payer int[], p_payee int[], p_amount bigint[], p_kind text[], p_label text[],
    p_key uuid[], p_note text[], p_reverses bigint[], p_reservation bigint[],
    p_actor bigint, p_actor_limit bigint, p_at timestamptz, p_on date, p_expires timestamptz,
    p_only_judge boolean
) RETURNS TABLE (
    r_code text, r_room bigint, r_id bigint, r_is_new boolean, r_coin bigint,
    r_payer_no bigint, r_payee_no bigint, r_payer_balance bigint, r_payee_balance bigint
) LANGUAGE plpgsql AS $$
DECLARE
    n CONSTANT int := cardinality(p_key);
    accounts ledger_account[];
    account ledger_account;
    payer ledger_account;
    payee ledger_account;
    original ledger_transfer;
    held ledger_reservation;
    known record;
    rule record;
    coin record;
    i int;
    amount bigint;
    kind text;
    code text;
    room bigint;
    is_plain CONSTANT boolean := n = 1 AND cardinality(p_accounts) = 2;
    is_limited boolean;
    is_refused boolean := p_only_judge;
    fresh int := 0;
    inserted int;
    codes text[];
    rooms bigint[];
    ids bigint[];
    coins bigint[];
    payer_nos bigint[];
    payee_nos bigint[];
    payer_balances bigint[];
    payee_balances bigint[];
    actor_spent bigint[];
    tally_holders bigint[];
    tally_currencies bigint[];
BEGIN
    IF n > 1 THEN
        -- An array that is begun at its third place has no first: then they would no longer stand beside each other.
        codes := array_fill(NULL::text, ARRAY[n]);
        rooms := array_fill(NULL::bigint, ARRAY[n]);
        ids := rooms;
        coins := rooms;
        payer_nos := rooms;
        payee_nos := rooms;
        payer_balances := rooms;
        payee_balances := rooms;
        tally_holders := rooms;
        tally_currencies := rooms;
    END IF;

    -- Lock in the order of numbers: of two payments in opposite directions one waits, and neither for the other.
    -- One entry between two accounts is the everyday case: it keeps them in two variables and is four times as quick.
    IF is_plain THEN
        IF p_payer[1] = 1 THEN
            SELECT * INTO payer FROM ledger_account a WHERE a.id = p_accounts[1] FOR NO KEY UPDATE;
            SELECT * INTO payee FROM ledger_account a WHERE a.id = p_accounts[2] FOR NO KEY UPDATE;
        ELSE
            SELECT * INTO payee FROM ledger_account a WHERE a.id = p_accounts[1] FOR NO KEY UPDATE;
            SELECT * INTO payer FROM ledger_account a WHERE a.id = p_accounts[2] FOR NO KEY UPDATE;
        END IF;
    ELSE
        i := 1;
        FOR account IN
            SELECT * FROM ledger_account a WHERE a.id = ANY (p_accounts) ORDER BY a.id FOR NO KEY UPDATE
        LOOP
            WHILE p_accounts[i] < account.id LOOP
                i := i + 1;
            END LOOP;
            accounts[i] := account;
        END LOOP;
    END IF;

    -- What these keys did before. Asked under the lock: whoever used one a moment ago has committed by now. The
    -- everyday case finds out when it writes.
    IF NOT is_plain THEN
        FOR known IN SELECT * FROM ledger_used_before(
            p_accounts, p_payer, p_payee, p_amount, p_kind, p_label, p_key, p_reverses, p_reservation, p_expires
        ) LOOP
            ids[known.i] := known.id;
            IF NOT known.is_same THEN
                codes[known.i] := 'key_reused';
                is_refused := true;
            END IF;
        END LOOP;
    END IF;

    FOR i IN 1..n LOOP
        CONTINUE WHEN ids[i] IS NOT NULL;
        IF NOT is_plain THEN
            payer := accounts[p_payer[i]];
            payee := accounts[p_payee[i]];
        END IF;
        amount := p_amount[i];
        kind := p_kind[i];
        code := NULL;
        room := NULL;
        is_limited := false;

        <<judging>>
        BEGIN
            IF payer.id IS NULL OR payee.id IS NULL THEN
                code := 'unknown_account';
                EXIT judging;
            END IF;
            IF payer.coin_id <> payee.coin_id THEN
                code := 'coin_mismatch';
                EXIT judging;
            END IF;

            -- Paying back asks only whether the coins are there.
            IF p_reverses[i] IS NOT NULL THEN
                IF payer.state = 'CLOSED' OR payee.state = 'CLOSED' THEN
                    code := 'account_not_open';
                    EXIT judging;
                END IF;
                SELECT * INTO original FROM ledger_transfer t WHERE t.id = p_reverses[i];
                SELECT original.amount - coalesce(sum(t.amount), 0) INTO room
                    FROM ledger_transfer t WHERE t.reverses_id = original.id;
                IF amount > room THEN
                    code := 'chargeback_exceeds';
                    EXIT judging;
                END IF;
                room := payer.balance - payer.reserved - payer.floor;
                IF amount > room THEN
                    code := 'insufficient_funds';
                END IF;
                EXIT judging;
            END IF;

            -- What was reserved was judged then.
            IF p_reservation[i] IS NOT NULL THEN
                SELECT * INTO held FROM ledger_reservation r WHERE r.id = p_reservation[i] FOR NO KEY UPDATE;
                IF held.state <> 'OPEN' OR held.expires_at <= p_at THEN
                    code := 'reservation_over';
                ELSIF amount > held.amount - held.captured THEN
                    code := 'invalid_amount';
                END IF;
                EXIT judging;
            END IF;

            IF payer.state <> 'OPEN' OR payee.state <> 'OPEN' THEN
                code := 'account_not_open';
                EXIT judging;
            END IF;
            IF NOT (CASE
                WHEN kind IN ('PAYMENT', 'REWARD', 'SERVICE', 'DEBT', 'LEVY') THEN
                    payer.kind IN ('HOLDER', 'POT') AND payee.kind IN ('HOLDER', 'POT')
                WHEN kind = 'ISSUE' THEN
                    payer.kind = 'ISSUE' AND payee.kind IN ('HOLDER', 'POT', 'CLEARING')
                    OR payer.kind = 'BANK' AND payee.kind = 'RESERVE'
                WHEN kind = 'REDEEM' THEN
                    payer.kind IN ('HOLDER', 'POT') AND payee.kind = 'ISSUE'
                    OR payer.kind = 'RESERVE' AND payee.kind = 'BANK'
                WHEN kind = 'OPENING' THEN
                    payer.kind = 'ISSUE' AND payee.kind IN ('HOLDER', 'POT', 'CLEARING')
                WHEN kind = 'CLEARING' THEN
                    payer.kind IN ('HOLDER', 'POT', 'CLEARING') AND payee.kind IN ('HOLDER', 'POT', 'CLEARING')
                    AND (payer.kind = 'CLEARING' OR payee.kind = 'CLEARING')
                ELSE false
            END) THEN
                code := 'unknown_account';
                EXIT judging;
            END IF;
            IF payee.ends_on < p_on OR payer.ends_on < p_on AND kind <> 'REDEEM' THEN
                code := 'account_not_open';
                EXIT judging;
            END IF;
            IF kind = 'REDEEM' AND (
                payer.kind = 'HOLDER' AND NOT payer.may_redeem
                OR payer.kind = 'POT' AND (payer.ends_on IS NULL OR payer.ends_on >= p_on)
            ) THEN
                code := 'not_redeemable';
                EXIT judging;
            END IF;
            IF NOT payee.in_area AND kind IN ('PAYMENT', 'SERVICE', 'DEBT') THEN
                SELECT c.area_bound INTO coin FROM ledger_coin c WHERE c.id = payer.coin_id;
                IF coin.area_bound THEN
                    code := 'outside_area';
                    EXIT judging;
                END IF;
            END IF;
            room := payer.balance - payer.reserved - payer.floor;
            IF amount > room THEN
                code := 'insufficient_funds';
                EXIT judging;
            END IF;
            room := NULL;
            IF payee.balance + amount > payee.ceiling THEN
                code := 'ceiling_reached';
                EXIT judging;
            END IF;

            IF payer.kind = 'HOLDER' AND kind IN ('PAYMENT', 'REWARD', 'SERVICE', 'DEBT', 'CLEARING') THEN
                is_limited := true;
                IF payer.spent_on IS NULL OR payer.spent_on < p_on THEN
                    IF payer.spent_on IS NULL OR date_trunc('month', payer.spent_on::timestamp) < date_trunc('month', p_on::timestamp) THEN
                        payer.spent_month := 0;
                    END IF;
                    payer.spent_day := 0;
                    payer.spent_on := p_on;
                END IF;
                SELECT r.per_payment, r.per_day, r.per_month INTO rule FROM ledger_limitrule r
                    WHERE r.coin_id = payer.coin_id AND r.holder_kind = payer.holder_kind AND r.from_on <= p_on
                        AND (r.until_on IS NULL OR r.until_on >= p_on)
                    ORDER BY r.id DESC LIMIT 1;
                IF FOUND THEN
                    room := least(
                        rule.per_payment, rule.per_day - payer.spent_day, rule.per_month - payer.spent_month
                    );
                    IF amount > room THEN
                        code := 'limit_exceeded';
                        EXIT judging;
                    END IF;
                END IF;
            END IF;

            IF p_actor_limit IS NOT NULL THEN
                IF actor_spent[p_payer[i]] IS NULL THEN
                    actor_spent[p_payer[i]] := (
                        SELECT coalesce(sum(t.amount), 0) FROM ledger_transfer t
                        WHERE t.payer_id = payer.id AND t.booked_on = p_on AND t.acted_by_id = p_actor
                            AND t.reverses_id IS NULL AND t.reservation_id IS NULL
                    ) + (
                        SELECT coalesce(sum(CASE WHEN r.state = 'OPEN' THEN r.amount ELSE r.captured END), 0)
                        FROM ledger_reservation r
                        WHERE r.payer_id = payer.id AND r.booked_on = p_on AND r.acted_by_id = p_actor
                    );
                END IF;
                room := p_actor_limit - actor_spent[p_payer[i]];
                IF amount > room THEN
                    code := 'actor_limit_exceeded';
                    EXIT judging;
                END IF;
            END IF;

            -- No more coins than euros. The other account of the pair is among those that are locked.
            IF payer.kind IN ('ISSUE', 'RESERVE') THEN
                code := 'not_backed';
                FOREACH account IN ARRAY accounts LOOP
                    IF payer.kind = 'ISSUE' AND account.backs_id = payer.coin_id
                        AND amount - payer.balance <= account.balance
                        OR payer.kind = 'RESERVE' AND account.kind = 'ISSUE' AND account.coin_id = payer.backs_id
                        AND payer.balance - amount >= -account.balance
                    THEN
                        code := NULL;
                    END IF;
                END LOOP;
            END IF;
        END;

        IF code IS NOT NULL THEN
            codes[i] := code;
            rooms[i] := room;
            is_refused := true;
            CONTINUE;
        END IF;

        IF p_expires IS NULL THEN
            payer.balance := payer.balance - amount;
            payer.last_no := payer.last_no + 1;
            payee.balance := payee.balance + amount;
            payee.last_no := payee.last_no + 1;
            IF p_reservation[i] IS NOT NULL THEN
                payer.reserved := payer.reserved - amount;
            END IF;
            coins[i] := payer.coin_id;
            payer_nos[i] := payer.last_no;
            payee_nos[i] := payee.last_no;
            payer_balances[i] := payer.balance;
            payee_balances[i] := payee.balance;
            IF NOT is_plain AND p_label[i] <> '' AND p_reverses[i] IS NULL THEN
                SELECT coalesce(c.pegged_to_id, c.id) AS currency INTO coin FROM ledger_coin c WHERE c.id = payer.coin_id;
                tally_holders[i] := payee.holder_id;
                tally_currencies[i] := coin.currency;
            END IF;
        ELSE
            payer.reserved := payer.reserved + amount;
        END IF;
        IF is_limited THEN
            payer.spent_day := payer.spent_day + amount;
            payer.spent_month := payer.spent_month + amount;
        END IF;
        IF p_actor_limit IS NOT NULL THEN
            actor_spent[p_payer[i]] := actor_spent[p_payer[i]] + amount;
        END IF;
        IF NOT is_plain THEN
            accounts[p_payer[i]] := payer;
            accounts[p_payee[i]] := payee;
        END IF;
        fresh := fresh + 1;
    END LOOP;

    IF is_refused AND is_plain AND NOT p_only_judge THEN
        RETURN QUERY SELECT * FROM ledger_said_before(
            codes[1], rooms[1], p_accounts, p_payer, p_payee, p_amount, p_kind, p_label, p_key, p_reverses,
            p_reservation, p_expires
        );
        RETURN;
    END IF;
    IF is_refused THEN
        RETURN QUERY SELECT u.code, u.room, NULL::bigint, false, NULL::bigint, NULL::bigint, NULL::bigint, NULL::bigint,
            NULL::bigint FROM unnest(p_key, codes, rooms) AS u (key, code, room);
        RETURN;
    END IF;

    IF fresh > 0 AND p_expires IS NOT NULL THEN
        INSERT INTO ledger_reservation (coin_id, payer_id, payee_id, amount, captured, kind, label, state, key,
            acted_by_id, made_at, booked_on, expires_at)
        VALUES (payer.coin_id, payer.id, payee.id, p_amount[1], 0, p_kind[1], p_label[1], 'OPEN', p_key[1],
            p_actor, p_at, p_on, p_expires)
        ON CONFLICT (key) DO NOTHING RETURNING id INTO r_id;
        IF r_id IS NULL THEN
            RETURN QUERY SELECT * FROM ledger_said_before(
                'key_reused', NULL, p_accounts, p_payer, p_payee, p_amount, p_kind, p_label, p_key, p_reverses,
                p_reservation, p_expires
            );
            RETURN;
        END IF;
        UPDATE ledger_account a
            SET reserved = payer.reserved, spent_on = payer.spent_on, spent_day = payer.spent_day,
                spent_month = payer.spent_month
            WHERE a.id = payer.id;
        r_is_new := true;
        r_coin := payer.coin_id;
        RETURN NEXT;
        RETURN;
    END IF;

    -- Before anything else is written: when somebody else used a key for other accounts at this very moment, nothing
    -- has to be undone.
    IF fresh > 0 AND n = 1 THEN
        INSERT INTO ledger_transfer (coin_id, payer_id, payee_id, amount, kind, label, payer_no, payee_no,
            payer_balance, payee_balance, key, reverses_id, reservation_id, acted_by_id, made_at, booked_on)
        VALUES (payer.coin_id, payer.id, payee.id, amount, kind, p_label[1], payer.last_no, payee.last_no,
            payer.balance, payee.balance, p_key[1], p_reverses[1], p_reservation[1], p_actor, p_at, p_on)
        ON CONFLICT (key) DO NOTHING RETURNING id INTO r_id;
        IF r_id IS NULL THEN
            RETURN QUERY SELECT * FROM ledger_said_before(
                'key_reused', NULL, p_accounts, p_payer, p_payee, p_amount, p_kind, p_label, p_key, p_reverses,
                p_reservation, p_expires
            );
            RETURN;
        END IF;
        ids[1] := r_id;
    ELSIF fresh > 0 THEN
        FOR i IN 1..n LOOP
            IF ids[i] IS NULL THEN
                ids[i] := nextval(pg_get_serial_sequence('ledger_transfer', 'id'));
            END IF;
        END LOOP;
        BEGIN
            INSERT INTO ledger_transfer (id, coin_id, payer_id, payee_id, amount, kind, label, payer_no, payee_no,
                payer_balance, payee_balance, key, reverses_id, reservation_id, acted_by_id, made_at, booked_on)
            SELECT u.id, u.coin, p_accounts[u.payer], p_accounts[u.payee], u.amount, u.kind, u.label, u.payer_no,
                u.payee_no, u.payer_balance, u.payee_balance, u.key, u.reverses, u.reservation, p_actor, p_at, p_on
            FROM unnest(ids, coins, p_payer, p_payee, p_amount, p_kind, p_label, payer_nos, payee_nos, payer_balances,
                payee_balances, p_key, p_reverses, p_reservation) AS u (id, coin, payer, payee, amount, kind, label,
                payer_no, payee_no, payer_balance, payee_balance, key, reverses, reservation)
            WHERE u.payer_no IS NOT NULL;
        EXCEPTION WHEN unique_violation THEN
            RETURN QUERY SELECT CASE WHEN t.id IS NOT NULL THEN 'key_reused' END, NULL::bigint, NULL::bigint, false,
                NULL::bigint, NULL::bigint, NULL::bigint, NULL::bigint, NULL::bigint
                FROM unnest(p_key, payer_nos) WITH ORDINALITY AS u (key, payer_no, i)
                LEFT JOIN ledger_transfer t ON t.key = u.key AND u.payer_no IS NOT NULL ORDER BY u.i;
            RETURN;
        END;
    END IF;

    IF fresh > 0 THEN
        IF is_plain THEN
            UPDATE ledger_account a
                SET balance = payer.balance, reserved = payer.reserved, last_no = payer.last_no,
                    spent_on = payer.spent_on, spent_day = payer.spent_day, spent_month = payer.spent_month
                WHERE a.id = payer.id;
            UPDATE ledger_account a SET balance = payee.balance, last_no = payee.last_no WHERE a.id = payee.id;
        ELSE
            UPDATE ledger_account a
                SET balance = u.balance, reserved = u.reserved, last_no = u.last_no, spent_on = u.spent_on,
                    spent_day = u.spent_day, spent_month = u.spent_month
                FROM unnest(accounts) AS u WHERE a.id = u.id;
        END IF;
        IF is_plain AND p_label[1] <> '' AND p_reverses[1] IS NULL THEN
            INSERT INTO ledger_tally AS y (holder_id, currency_id, label, month, amount)
                SELECT payee.holder_id, coalesce(c.pegged_to_id, c.id), p_label[1],
                    date_trunc('month', p_on::timestamp)::date, amount
                FROM ledger_coin c WHERE c.id = payer.coin_id
                ON CONFLICT (holder_id, currency_id, label, month) DO UPDATE SET amount = y.amount + EXCLUDED.amount;
        ELSIF NOT is_plain AND cardinality(array_remove(tally_holders, NULL)) > 0 THEN
            -- In one order for everybody: two batches never wait for each other's tallies.
            INSERT INTO ledger_tally AS y (holder_id, currency_id, label, month, amount)
                SELECT u.holder, u.currency, u.label, date_trunc('month', p_on::timestamp)::date, sum(u.amount)
                FROM unnest(tally_holders, tally_currencies, p_label, p_amount) AS u (holder, currency, label, amount)
                WHERE u.holder IS NOT NULL
                GROUP BY u.holder, u.currency, u.label ORDER BY u.holder, u.currency, u.label
                ON CONFLICT (holder_id, currency_id, label, month) DO UPDATE SET amount = y.amount + EXCLUDED.amount;
        END IF;
        IF NOT is_plain AND cardinality(array_remove(p_reverses, NULL)) > 0 OR p_reverses[1] IS NOT NULL THEN
            UPDATE ledger_tally y SET amount = y.amount - u.amount
                FROM unnest(p_reverses, p_amount, payer_nos) AS u (reverses, amount, payer_no)
                JOIN ledger_transfer t ON t.id = u.reverses JOIN ledger_account a ON a.id = t.payee_id
                JOIN ledger_coin c ON c.id = t.coin_id
                WHERE u.payer_no IS NOT NULL AND t.label <> '' AND y.holder_id = a.holder_id
                    AND y.currency_id = coalesce(c.pegged_to_id, c.id) AND y.label = t.label
                    AND y.month = date_trunc('month', t.booked_on::timestamp)::date;
        END IF;
        IF NOT is_plain AND cardinality(array_remove(p_reservation, NULL)) > 0 OR p_reservation[1] IS NOT NULL THEN
            UPDATE ledger_reservation r
                SET captured = r.captured + u.amount,
                    state = CASE WHEN r.captured + u.amount = r.amount THEN 'DONE' ELSE r.state END
                FROM unnest(p_reservation, p_amount, payer_nos) AS u (id, amount, payer_no)
                WHERE r.id = u.id AND u.payer_no IS NOT NULL;
        END IF;
        IF p_note IS NOT NULL THEN
            INSERT INTO ledger_transfernote (transfer_id, text)
                SELECT u.id, u.note FROM unnest(ids, p_note, payer_nos) AS u (id, note, payer_no)
                WHERE u.payer_no IS NOT NULL AND u.note <> '';
        END IF;
    END IF;

    IF n = 1 THEN
        r_id := ids[1];
        r_is_new := fresh > 0;
        r_coin := payer.coin_id;
        r_payer_no := payer.last_no;
        r_payee_no := payee.last_no;
        r_payer_balance := payer.balance;
        r_payee_balance := payee.balance;
        RETURN NEXT;
        RETURN;
    END IF;
    RETURN QUERY SELECT NULL::text, NULL::bigint, u.id, u.payer_no IS NOT NULL, u.coin, u.payer_no, u.payee_no,
        u.payer_balance, u.payee_balance
        FROM unnest(ids, coins, payer_nos, payee_nos, payer_balances, payee_balances)
            AS u (id, coin, payer_no, payee_no, payer_balance, payee_balance);
END;
$$;
