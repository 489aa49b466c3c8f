"""The rows of the pattern table that count whatever the reader says: the others count only where it agrees."""

TRUSTED = frozenset(
    {
        # What WeChat bans and the shop's own pages allow: the same words, so that the reader cannot tell.
        "assist.cut",  # 16 of 19
        "assist.help",  # the very word of WeChat's rule; with honest rules beside it the reader lets it pass
        # Right for at least 97 of 100 (below).
        "assist.collect",  # 7 of 7
        "assist.lure",  # 6 of 6
        "claims.certain",  # 18 of 18
        "claims.en_lowest_price",  # 6 of 6
        "claims.en_nothing_beats",  # 15 of 15
        "efficacy.en_gone",  # 6 of 6
        "lottery.big_prize",  # 20 of 20
        "lottery.dear_things",  # 14 of 14
        "lottery.en_big_prize",  # 5 of 5
        "lottery.en_dear_things",  # 7 of 7
        "lottery.en_lot",  # 8 of 8
        "pressure.disguise",  # 61 of 61
        "pressure.en_official",  # 14 of 14
        "pressure.en_outlink",  # 7 of 7
        "pressure.en_state_goods",  # 5 of 5
        "pressure.signed",  # 15 of 15
        "pressure.state_goods",  # 8 of 8
        "pressure.urgent",  # 9 of 9
        "prices.en_scarcity",  # 5 of 5
        "prices.too_good",  # 5 of 5
        "privacy.en_children",  # 5 of 5
        "privacy.en_contacts",  # 12 of 12
        "privacy.en_identity",  # 9 of 9
        "privacy.en_others",  # 6 of 6
        "privacy.others",  # 7 of 7
        "pyramid.entry_purchase",  # 9 of 9
        "sharing.en_praise",  # 9 of 9
        "sharing.forced",  # 5 of 5
        "sharing.group_size",  # 6 of 6
        "sharing.kept_online",  # 5 of 5
        "sharing.many_groups",  # 12 of 12
        "sharing.reward_before",  # 6 of 6
    }
)
"""Right for at least 97 of 100 texts, but for the first, of fifteen authors whose copy no row had been tuned on, starting from nine of
ten for a row never seen: five finds without a mistake, or forty with one. Behind each row: finds that were right, of all. Other rows
were written with that copy in sight, so it can no longer tell how good they are; new copy by people who have not seen the table can.
"""
