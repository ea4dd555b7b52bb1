"""Rules of one life, broken one at a time: what is broken, how, and the referee that notices."""

from __future__ import annotations

from typing import NamedTuple


class Broken(NamedTuple):
    """One rule broken in one place, and the referee that notices."""

    what: str
    file: str
    text: str
    instead: str
    referee: str


BROKEN_LIVES = [
    # Clocks.
    Broken(
        "a changed hazard gives the whole budget back", "model/clocks.py",
        "years = person.dates[clock] - present if", "years = person.dates[clock] if",
        "test_hazards.py::test_a_hazard_clock_rings_at_its_hazard",
    ),
    Broken(
        "a clock is resampled when its hazard changes", "model/clocks.py",
        "draw_budget(person, clock) if old == UNRATED else years * old", "draw_budget(person, clock)",
        "test_nulls.py::test_an_effect_on_the_hazard_alone_makes_nobody_offend_more",
    ),
    Broken(
        "looking at a clock moves it", "model/clocks.py", "if hazard != person.hazards[clock]:",
        "if hazard != person.hazards[clock] or hazard > 0.0:",
        "test_nulls.py::test_taking_over_without_a_change_changes_no_bit_of_a_person",
    ),
    Broken(
        "a budget is multiplied by the hazard", "model/clocks.py", "else years * old) / hazard)",
        "else years * old) * hazard)", "test_counts.py::test_the_wait_for_the_first_occasion_is_exponential",
    ),
    Broken(
        "the budget of the next occasion is multiplied by the hazard", "model/justice.py",
        "draw_budget(person, OCCASION) / person.hazards", "draw_budget(person, OCCASION) * person.hazards",
        "test_counts.py::test_gamma_frailty_gives_negative_binomial_counts[2.0-0.7-1]",
    ),
    Broken(
        "years to go stay as they are under another hazard", "model/clocks.py", "elif hazard != person.rated[clock]:",
        "elif person.rated[clock] == UNRATED:",
        "test_effects.py::test_without_fade_out_the_hazard_is_back_at_once",
    ),
    Broken(
        "years at liberty begin anew after every arrest", "model/clocks.py",
        "person.liberty_from = now - person.years_at_liberty", "person.liberty_from = now",
        "test_hazards.py::test_a_hazard_clock_rings_at_its_hazard",
    ),
    Broken(
        "the end of a stay by its codes is not looked at", "model/scheme.py",
        "set_deselection_hazards(person, values, now)\n    note_soonest(person)\n    count",
        "set_deselection_hazards(person, values, now)\n    count",
        "test_hazards.py::test_the_next_event_is_that_of_the_earliest_of_all_clocks",
    ),
    Broken(
        "dates are not rounded", "model/clocks.py", "return float(np.floor(date * GRID + 0.5)) * TICK", "return date",
        "test_conservation.py::test_person_years_over_states_are_people_times_years_to_the_bit",
    ),
    Broken(
        "every ring has the same luck", "model/clocks.py", "clock, ring + each, 0)", "clock, 0, 0)",
        "test_counts.py::test_without_frailty_counts_are_poisson",
    ),
    # Birth and pool.
    Broken(
        "frailty is not divided by its shape", "model/birth.py", "FRAILTY, shape) / shape", "FRAILTY, shape)",
        "test_counts.py::test_frailty_is_gamma_with_mean_one",
    ),
    Broken(
        "spells begin with the wrong share", "model/birth.py", "starts / (starts + ends)", "ends / (starts + ends)",
        "test_spells.py::test_survival_without_occasion_is_the_matrix_exponential_of_on_and_off",
    ),
    Broken(
        "statutory and voluntary swapped", "model/birth.py", "u < statutory_share", "u > statutory_share",
        "test_scheme.py::test_the_statutory_share_is_a_share",
    ),
    Broken(
        "arrivals wait a rate instead of its inverse", "model/pool.py", "number, 0) / per_year",
        "number, 0) * per_year",
        "test_counts.py::test_arrivals_are_poisson_over_time_and_groups",
    ),
    Broken(
        "a small shape is not brought back after boosting", "draws.py",
        "return d * v * exp(log(uniform(seed, replication, person, purpose, 0, 0)) / shape)", "return d * v",
        "test_counts.py::test_gamma_frailty_gives_negative_binomial_counts[2.0-0.7-1]",
    ),
    # Hazards.
    Broken(
        "the group ratio is dropped", "model/hazards.py", " * groups[person.group].rate_ratio", "",
        "test_counts.py::test_a_group_ratio_multiplies_the_rate",
    ),
    Broken(
        "the programme's ratio applied to everybody", "model/hazards.py",
        "person.managed_hazard if in_effect(person) else person.free_hazard", "person.managed_hazard",
        "test_hazards.py::test_occasions_under_the_programme_and_without_it_each_keep_to_their_hazard",
    ),
    Broken(
        "the occasions ratio divides", "model/hazards.py", "hazard * values.occasions_ratio",
        "hazard / values.occasions_ratio", "test_effects.py::test_the_occasions_ratio_multiplies_occasions",
    ),
    Broken(
        "the frailty exponent comes on top of frailty", "model/hazards.py", "exp((values.frailty_exponent - 1.0)",
        "exp((values.frailty_exponent)", "test_effects.py::test_the_frailty_exponent_turns_frailty",
    ),
    Broken(
        "licence forgotten: recall also without it", "model/hazards.py",
        "values.recalls_per_year if person.licence_until > now else 0.0", "values.recalls_per_year",
        "test_custody.py::test_recall_is_on_licence_only_and_lasts_28_days_or_the_rest",
    ),
    Broken(
        "statutory people leave for want of engagement", "model/hazards.py",
        "voluntary = managed and not person.statutory", "voluntary = managed",
        "test_scheme.py::test_stays_of_the_statutory_never_end_for_want_of_engagement",
    ),
    Broken(
        "everything goes on in custody", "model/clocks.py", "    person.liberty_from = NEVER\n", "",
        "test_conservation.py::test_every_event_starts_from_a_state_in_which_it_can_happen",
    ),
    Broken(
        "people offend in their pauses", "model/hazards.py", "if not person.active:", "if False:",
        "test_spells.py::test_counts_under_spells_have_the_moments",
    ),
    Broken(
        "active and paused spells swapped", "model/hazards.py",
        "values.active_spells_end_per_year if person.active else values.paused_spells_end_per_year",
        "values.paused_spells_end_per_year if person.active else values.active_spells_end_per_year",
        "test_spells.py::test_the_share_of_time_active_is_that_of_the_telegraph_process",
    ),
    Broken(
        "a spell that turned in custody is seen on release only", "model/clocks.py",
        "dates[SPELL_TURNS], person.soonest_anywhere",
        "dates[SPELL_TURNS] if person.justice == LIBERTY else NEVER, person.soonest_anywhere",
        "test_conservation.py::test_every_life_is_whole_and_in_order_and_nobody_is_in_two_places",
    ),
    Broken(
        "the mean fade-out time taken for a rate", "model/hazards.py",
        "1.0 / values.fade_out_years if person.fading", "values.fade_out_years if person.fading",
        "test_effects.py::test_fading_times_are_exponential",
    ),
    # Occasion, disposal, custody.
    Broken(
        "offences per occasion start at none", "model/justice.py", "number = 1\n", "number = 0\n",
        "test_counts.py::test_an_occasion_carries_a_geometric_number_of_offences",
    ),
    Broken(
        "the mean of the geometric off by one", "model/justice.py", "more = 1.0 - 1.0 / mean",
        "more = 1.0 - 1.0 / (mean + 1.0)",
        "test_counts.py::test_offences_are_a_compound_sum",
    ),
    Broken(
        "first and later custody chance swapped", "model/justice.py", "if person.occasions == 1 else",
        "if person.occasions != 1 else", "test_custody.py::test_the_first_and_later_occasions_have_their_own",
    ),
    Broken(
        "the custody ratio forgotten", "model/justice.py", "person.custody_chance *= values.custody_ratio",
        "person.custody_chance *= 1.0", "test_effects.py::test_the_custody_ratio_multiplies_the_chance_of_custody",
    ),
    Broken(
        "the offences ratio acts on all offences", "model/justice.py", "more *= values.offences_per_occasion_ratio",
        "more = (more + 1.0) * values.offences_per_occasion_ratio - 1.0",
        "test_effects.py::test_the_offences_ratio_acts_on_offences_beyond_the_first",
    ),
    Broken(
        "luck drawn by the year, not by the occasion", "model/justice.py",
        "draw_luck(person, person.occasions + 1, OCCASION_PURPOSES)",
        "draw_luck(person, int(person.accounted_to * 10.0 + 100.0), OCCASION_PURPOSES)",
        "test_nulls.py::test_the_nth_occasion_of_a_person_has_the_same_luck_in_every_arm",
    ),
    Broken(
        "the luck of an occasion serves for all", "model/justice.py",
        "draw_luck(person, person.occasions + 1, OCCASION_PURPOSES)", "draw_luck(person, 1, OCCASION_PURPOSES)",
        "test_counts.py::test_the_offences_of_one_occasion_say_nothing_of_the_next",
    ),
    Broken(
        "a less severe offence makes AMBER+", "model/justice.py", "person.severity <= before",
        "person.severity >= before",
        "test_scheme.py::test_amber_plus_follows",
    ),
    Broken(
        "the mildest offence sets the severity", "model/justice.py",
        "min(worst, book_offence(person, group, values, activity, one, now))",
        "max(worst, book_offence(person, group, values, activity, one, now))",
        "test_scheme.py::test_the_worst_offence_of_an_occasion_sets_its_severity",
    ),
    Broken(
        "custody where the chance says liberty", "model/justice.py",
        "for_custody < person", "for_custody > person",
        "test_custody.py::test_the_first_and_later_occasions_have_their_own_custody_chance",
    ),
    Broken(
        "the day of arrest doubled", "model/justice.py", "on_grid(now + values.arrest_years)",
        "on_grid(now + 2.0 * values.arrest_years)", "test_custody.py::test_share_of_time_in_custody",
    ),
    Broken(
        "one custodial sentence per occasion", "model/justice.py", "float(person.offences), now)", "1.0, now)",
        "test_custody.py::test_an_occasion_that_ends_in_custody_counts_a_sentence_for_each_offence",
    ),
    Broken(
        "sentences doubled", "model/justice.py", "person.sentence_years = low + (high - low) *",
        "person.sentence_years = 2.0 * low + 2.0 * (high - low) *",
        "test_custody.py::test_incapacitation_is_avi_itzhak_and_shinnars",
    ),
    Broken(
        "the share not served is served", "model/justice.py", "person.sentence_years * values.served_share, now",
        "person.sentence_years * (1.0 - values.served_share), now", "test_custody.py::test_time_served_is",
    ),
    Broken(
        "the band is taken one too late", "model/justice.py", "u >= cumulative[share]",
        "u >= cumulative[share] / 2.0", "test_counts.py::test_offence_types_follow_the_mix",
    ),
    Broken(
        "licence ends with the time served", "model/justice.py", "on_grid(now + person.sentence_years))",
        "on_grid(now + person.sentence_years * values.served_share))", "test_custody.py::test_licence_lasts",
    ),
    Broken(
        "every recall lasts 28 days", "model/justice.py", "min(now + values.recall_years, person.licence_until)",
        "now + values.recall_years", "test_custody.py::test_recall_is_on_licence_only",
    ),
    Broken(
        "five years count as over five", "model/justice.py", "person.sentence_years > LONG",
        "person.sentence_years >= LONG",
        "test_scheme.py::test_a_sentence_of_five_years_does_not",
    ),
    Broken(
        "code 6A does not bar selection", "model/justice.py", "person.barred = True", "person.barred = False",
        "test_scheme.py::test_a_sentence_over_five_years_ends_the_stay",
    ),
    Broken(
        "code 6A bars for ever", "model/justice.py", "person.barred = False", "person.barred = person.barred",
        "test_line.py::test_places_are_never_exceeded_and_never_idle",
    ),
    Broken(
        "months in custody on recall count as calm", "model/justice.py",
        "person.dates[LICENCE_ENDS] = NEVER\n    person.dates[RAG_TURNS] = NEVER", "person.dates[LICENCE_ENDS] = NEVER",
        "test_conservation.py::test_every_event_starts_from_a_state_in_which_it_can_happen",
    ),
    Broken(
        "release does not restart the calm months", "model/justice.py",
        "set_recall_hazard(person, values, now)\n    restart_rag(person, values, now)",
        "set_recall_hazard(person, values, now)",
        "test_scheme.py::test_nobody_managed_stays_calm_beyond_seven_months",
    ),
    Broken(
        "nobody serves more than a year", "model/justice.py", "max(on_grid(until), now + TICK)",
        "min(on_grid(until), now + 1.0)", "test_extremes.py::test_certain_custody_beyond_the_horizon",
    ),
]  # fmt: skip
