-- The write path on PostgreSQL. One call is one transaction; it locks accounts in the order of their numbers, asks the
-- rules, writes, and answers with codes: it never raises for what it refuses, so that an outer transaction goes on.
-- ledger/booking/sqlite.py does the same for SQLite, step by step in the same order.

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

-- Many lines, or what is not everyday: judge one after the other, then book all of them or none.
--
-- p_accounts are the numbers of all accounts, sorted and each once; p_payer and p_payee are places in it. An original
-- (p_reverses) or a reservation stands in one line at most, and so does a key. With p_expires one line is reserved
-- instead of booked, with p_only_judge nothing is. Gives a row for each line: a code when it was refused (then nothing
-- was booked), the number of the transfer or reservation otherwise.
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
    rule_coin bigint;
    rule_kind text;
    i int;
    amount bigint;
    kind text;
    code text;
    room bigint;
    is_limited boolean;
    is_outside boolean;
    limit_room bigint;
    actor_room bigint;
    cover_room bigint;
    is_refused boolean := p_only_judge;
    fresh int := 0;
    -- Filled from the start: an array that is begun at its third place has no first, and then what belongs together
    -- would no longer stand side by side.
    codes text[] := array_fill(NULL::text, ARRAY[n]);
    rooms bigint[] := array_fill(NULL::bigint, ARRAY[n]);
    ids bigint[] := rooms;
    coins bigint[] := rooms;
    payer_nos bigint[] := rooms;
    payee_nos bigint[] := rooms;
    payer_balances bigint[] := rooms;
    payee_balances bigint[] := rooms;
    tally_holders bigint[] := rooms;
    actor_spent bigint[] := array_fill(NULL::bigint, ARRAY[cardinality(p_accounts)]);
BEGIN

    -- Lock in the order of numbers: of two payments in opposite directions one waits, and neither for the other.
    i := 1;
    FOR account IN
        SELECT * FROM ledger_account a WHERE a.id = ANY (p_accounts) ORDER BY a.id FOR NO KEY UPDATE
    LOOP
        WHILE p_accounts[i] < account.id LOOP
            i := i + 1;
        END LOOP;
        accounts[i] := account;
    END LOOP;

    -- What these keys did before. Asked under the lock: whoever used one a moment ago has committed by now.
    FOR known IN SELECT * FROM ledger_used_before(
        p_accounts, p_payer, p_payee, p_amount, p_kind, p_label, p_key, p_reverses, p_reservation, p_expires
    ) LOOP
        ids[known.i] := known.id;
        IF NOT known.is_same THEN
            codes[known.i] := 'key_reused';
            is_refused := true;
        END IF;
    END LOOP;

    FOR i IN 1..n LOOP
        CONTINUE WHEN ids[i] IS NOT NULL;
        payer := accounts[p_payer[i]];
        payee := accounts[p_payee[i]];
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

            IF p_expires IS NOT NULL AND payer.kind NOT IN ('HOLDER', 'POT', 'CLEARING') THEN
                code := 'unknown_account';
                EXIT judging;
            END IF;

            -- Many lines have one payer and one kind: what was looked up is kept until another comes.
            is_limited := ledger_is_limited(payer.kind, kind);
            IF is_limited THEN
                IF payer.spent_on IS NULL OR payer.spent_on < p_on THEN
                    IF payer.spent_on IS NULL OR payer.spent_on < date_trunc('month', p_on::timestamp)::date THEN
                        payer.spent_month := 0;
                    END IF;
                    payer.spent_day := 0;
                    payer.spent_on := p_on;
                END IF;
                IF rule_coin IS DISTINCT FROM payer.coin_id OR rule_kind IS DISTINCT FROM payer.holder_kind THEN
                    rule_coin := payer.coin_id;
                    rule_kind := payer.holder_kind;
                    SELECT r.per_payment, r.per_day, r.per_month INTO rule FROM ledger_limitrule r
                        WHERE r.coin_id = rule_coin AND r.holder_kind = rule_kind AND r.from_on <= p_on
                            AND (r.until_on IS NULL OR r.until_on >= p_on)
                        ORDER BY r.id DESC LIMIT 1;
                END IF;
                limit_room := least(
                    rule.per_payment, rule.per_day - payer.spent_day, rule.per_month - payer.spent_month
                );
            ELSE
                limit_room := NULL;
            END IF;

            is_outside := NOT payee.in_area AND kind IN ('PAYMENT', 'SERVICE', 'DEBT');
            IF is_outside THEN
                is_outside := (SELECT c.area_bound FROM ledger_coin c WHERE c.id = payee.coin_id);
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
                actor_room := p_actor_limit - actor_spent[p_payer[i]];
            END IF;

            -- No more coins than euros. The other account of the pair is among those that are locked.
            cover_room := NULL;
            IF payer.kind IN ('ISSUE', 'RESERVE') THEN
                cover_room := 0;
                FOREACH account IN ARRAY accounts LOOP
                    IF payer.kind = 'ISSUE' AND account.backs_id = payer.coin_id
                        OR payer.kind = 'RESERVE' AND account.kind = 'ISSUE' AND account.coin_id = payer.backs_id
                    THEN
                        cover_room := payer.balance + account.balance;
                    END IF;
                END LOOP;
            END IF;

            code := ledger_judge(
                payer, payee, kind, amount, p_on, is_outside, limit_room, actor_room, cover_room
            );
            room := CASE code
                WHEN 'insufficient_funds' THEN payer.balance - payer.reserved - payer.floor
                WHEN 'limit_exceeded' THEN limit_room
                WHEN 'actor_limit_exceeded' THEN actor_room
            END;
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
            IF p_label[i] <> '' AND p_reverses[i] IS NULL THEN
                tally_holders[i] := payee.holder_id;
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
        accounts[p_payer[i]] := payer;
        accounts[p_payee[i]] := payee;
        fresh := fresh + 1;
    END LOOP;

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
            r_code := 'key_reused';
            RETURN NEXT;
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

    IF fresh > 0 THEN
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
            WHERE u.payer_no IS NOT NULL ORDER BY u.key;
        EXCEPTION WHEN unique_violation THEN
            IF NOT EXISTS (
                SELECT FROM unnest(p_key, payer_nos) AS u (key, payer_no) JOIN ledger_transfer t ON t.key = u.key
                WHERE u.payer_no IS NOT NULL
            ) THEN
                RAISE;  -- no key was used: the numbers of an account are wrong, and that is nothing to answer politely
            END IF;
            RETURN QUERY SELECT CASE WHEN t.id IS NOT NULL THEN 'key_reused' END, NULL::bigint, NULL::bigint, false,
                NULL::bigint, NULL::bigint, NULL::bigint, NULL::bigint, NULL::bigint
                FROM unnest(p_key, payer_nos) WITH ORDINALITY AS u (key, payer_no, i)
                LEFT JOIN ledger_transfer t ON t.key = u.key AND u.payer_no IS NOT NULL ORDER BY u.i;
            RETURN;
        END;
    END IF;

    IF fresh > 0 THEN
        UPDATE ledger_account a
            SET balance = u.balance, reserved = u.reserved, last_no = u.last_no, spent_on = u.spent_on,
                spent_day = u.spent_day, spent_month = u.spent_month
            FROM unnest(accounts) AS u WHERE a.id = u.id;
        IF cardinality(array_remove(tally_holders, NULL)) > 0 THEN
            -- In one order for everybody: two batches never wait for each other's tallies.
            INSERT INTO ledger_tally AS y (holder_id, currency_id, label, month, amount)
                SELECT u.holder, coalesce(c.pegged_to_id, c.id) AS currency, u.label,
                    date_trunc('month', p_on::timestamp)::date, sum(u.amount)
                FROM unnest(tally_holders, coins, p_label, p_amount) AS u (holder, coin, label, amount)
                JOIN ledger_coin c ON c.id = u.coin
                WHERE u.holder IS NOT NULL
                GROUP BY u.holder, coalesce(c.pegged_to_id, c.id), u.label
                ORDER BY u.holder, currency, u.label
                ON CONFLICT (holder_id, currency_id, label, month) DO UPDATE SET amount = y.amount + EXCLUDED.amount;
        END IF;
        IF cardinality(array_remove(p_reverses, NULL)) > 0 THEN
            UPDATE ledger_tally y SET amount = y.amount - u.amount
                FROM unnest(p_reverses, p_amount, payer_nos) AS u (reverses, amount, payer_no)
                JOIN ledger_transfer t ON t.id = u.reverses JOIN ledger_account a ON a.id = t.payee_id
                JOIN ledger_coin c ON c.id = t.coin_id
                WHERE u.payer_no IS NOT NULL AND t.label <> '' AND y.holder_id = a.holder_id
                    AND y.currency_id = coalesce(c.pegged_to_id, c.id) AND y.label = t.label
                    AND y.month = date_trunc('month', t.booked_on::timestamp)::date;
        END IF;
        IF cardinality(array_remove(p_reservation, NULL)) > 0 THEN
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

    RETURN QUERY SELECT NULL::text, NULL::bigint, u.id, u.payer_no IS NOT NULL, u.coin, u.payer_no, u.payee_no,
        u.payer_balance, u.payee_balance
        FROM unnest(ids, coins, payer_nos, payee_nos, payer_balances, payee_balances)
            AS u (id, coin, payer_no, payee_no, payer_balance, payee_balance);
END;
$$;
