-- The rules of the ledger, once: what is wrong with an amount from payer to payee, or nothing. ledger/booking/judge.py
-- asks the same in the same order. What has to be looked up is given: whether the payee lies outside the area of a coin
-- that is bound to it, and how much there is room for under the payer's limits, under the mandate of whoever acts, and
-- under the euros that back the coin (none of these: no end). One expression, which the planner puts where it is called.
CREATE FUNCTION ledger_judge(
    payer ledger_account, payee ledger_account, kind text, amount bigint, today date, is_outside boolean,
    limit_room bigint, actor_room bigint, cover_room bigint
) RETURNS text LANGUAGE sql IMMUTABLE AS $$
    SELECT CASE
        WHEN (payer).state <> 'OPEN' OR (payee).state <> 'OPEN' THEN 'account_not_open'
        WHEN NOT CASE
            WHEN kind IN ('PAYMENT', 'REWARD', 'SERVICE', 'DEBT', 'LEVY')
                THEN (payer).kind IN ('HOLDER', 'POT') AND (payee).kind IN ('HOLDER', 'POT')
            WHEN kind = 'ISSUE'
                THEN (payer).kind = 'ISSUE' AND (payee).kind IN ('HOLDER', 'POT', 'CLEARING')
                    OR (payer).kind = 'BANK' AND (payee).kind = 'RESERVE'
            WHEN kind = 'REDEEM'
                THEN (payer).kind IN ('HOLDER', 'POT') AND (payee).kind = 'ISSUE'
                    OR (payer).kind = 'RESERVE' AND (payee).kind = 'BANK'
            WHEN kind = 'OPENING'
                THEN (payer).kind = 'ISSUE' AND (payee).kind IN ('HOLDER', 'POT', 'CLEARING')
            WHEN kind = 'CLEARING'
                THEN (payer).kind IN ('HOLDER', 'POT', 'CLEARING') AND (payee).kind IN ('HOLDER', 'POT', 'CLEARING')
                    AND ((payer).kind = 'CLEARING' OR (payee).kind = 'CLEARING')
            ELSE false
        END THEN 'unknown_account'
        WHEN (payee).ends_on < today OR (payer).ends_on < today AND kind <> 'REDEEM' THEN 'account_not_open'
        WHEN kind = 'REDEEM' AND (
            (payer).kind = 'HOLDER' AND NOT (payer).may_redeem
            OR (payer).kind = 'POT' AND ((payer).ends_on IS NULL OR (payer).ends_on >= today)
        ) THEN 'not_redeemable'
        WHEN is_outside THEN 'outside_area'
        WHEN amount > (payer).balance - (payer).reserved - (payer).floor THEN 'insufficient_funds'
        WHEN (payee).balance + amount > (payee).ceiling THEN 'ceiling_reached'
        WHEN amount > limit_room THEN 'limit_exceeded'
        WHEN amount > actor_room THEN 'actor_limit_exceeded'
        WHEN amount > cover_room THEN 'not_backed'
    END
$$;

-- Whether this counts for the limits of money safety.
CREATE FUNCTION ledger_is_limited(payer_kind text, kind text) RETURNS boolean LANGUAGE sql IMMUTABLE AS $$
    SELECT payer_kind = 'HOLDER' AND kind IN ('PAYMENT', 'REWARD', 'SERVICE', 'DEBT', 'CLEARING')
$$;
