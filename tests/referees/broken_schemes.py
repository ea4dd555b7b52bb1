"""Rules of the scheme, of counting and of queues, broken one at a time."""

from __future__ import annotations

from .broken_lives import Broken

BROKEN_SCHEMES = [
    # The scheme.
    Broken(
        "old arrests weigh as much as recent ones", "model/scheme.py", "person.recent_arrests += weight",
        "person.recent_arrests += 1.0", "test_line.py::test_recent_arrests_go_first",
    ),
    Broken(
        "an arrest counts once whatever it carries", "model/scheme.py", "weight * person.offences", "weight",
        "test_line.py::test_recent_offences_go_first",
    ),
    Broken(
        "an arrest in line puts one back to its end", "model/scheme.py",
        "if person.scheme == MANAGED or person.eligible_since < NEVER:", "if person.scheme == MANAGED:",
        "test_line.py::test_first_come_goes_first",
    ),
    Broken(
        "re-selection whatever the rule", "model/scheme.py", "person.scheme == DESELECTED and not values.reselection",
        "person.scheme == DESELECTED and False", "test_scheme.py::test_reselection_is_from_the_next_arrest",
    ),
    Broken(
        "the deselected stay in line", "model/scheme.py", "person.selected_at = now\n    person.eligible_since = NEVER",
        "person.selected_at = now", "test_scheme.py::test_reselection_is_from_the_next_arrest",
    ),
    Broken(
        "the last RAG stage three months short", "model/scheme.py", "return float(values.desistance_years)",
        "return float(values.desistance_years) - 0.25", "test_scheme.py::test_code_1_comes_at_seven_months",
    ),
    Broken(
        "the longest stay counted from t = 0", "model/scheme.py", "person.selected_at + values.longest_stay_years",
        "now + values.longest_stay_years", "test_scheme.py::test_a_stay_begun_before_the_start",
    ),
    Broken(
        "an effect still in force is lost at re-selection", "model/scheme.py", "carried = person.fading",
        "carried = False",
        "test_effects.py::test_the_effect_starts_after_its_delay",
    ),
    Broken(
        "fading goes on after re-selection", "model/scheme.py", "set_fading(person, values, False, now)", "pass",
        "test_effects.py::test_reselection_discards_a_pending_fade_out",
    ),
    Broken(
        "the effect starts at once", "model/scheme.py", "carried or values.start_delay_years <= 0.0", "True",
        "test_effects.py::test_an_effect_that_starts_beyond_the_horizon_is_none",
    ),
    Broken(
        "the fade-out dropped", "model/scheme.py",
        "set_fading(person, values, values.fade_out_years > 0.0, now)", "set_fading(person, values, False, now)",
        "test_effects.py::test_occasions_while_the_effect_fades_follow_its_expectation",
    ),
    Broken(
        "an effect that never started fades", "model/scheme.py",
        "if person.effect_started:\n        wind", "if True:\n        wind",
        "test_hazards.py::test_fading_begins_where_an_effect_in_force_loses_its_place",
    ),
    Broken(
        "selection at liberty keeps AMBER+", "model/scheme.py", "person.as_severe = False", "person.as_severe = True",
        "test_scheme.py::test_selection_at_liberty_starts_at_amber",
    ),
    # One life.
    Broken(
        "leaving keeps the place", "model/life.py",
        "if person.scheme == MANAGED:\n        deselect(person, activity, values, code",
        "if False:\n        deselect(person, activity, values, code",
        "test_scheme.py::test_each_rate_leads_to_its_own_code",
    ),
    Broken(
        "the dead go on living", "model/life.py", "person.justice = LEFT\n    stop_all(person)",
        "person.justice = LEFT",
        "test_conservation.py::test_every_event_starts_from_a_state",
    ),
    Broken(
        "an arm keeps the rates of history", "model/life.py", "set_occasion_hazards(person, groups, rates)", "pass",
        "test_effects.py::test_without_fade_out_the_hazard_is_back_at_once",
    ),
    Broken(
        "codes 2 to 4 and 6C off by one", "model/life.py", "CODE_2 + clock - PATHWAYS", "CODE_1 + clock - PATHWAYS",
        "test_scheme.py::test_each_rate_leads_to_its_own_code",
    ),
    Broken(
        "moving away booked as a death", "model/life.py", "leave(person, activity, values, CODE_5, now)",
        "leave(person, activity, values, CODE_6B, now)", "test_scheme.py::test_each_rate_leads_to_its_own_code",
    ),
    Broken(
        "fading begun in history never ends in an arm without fade-out", "model/life.py",
        "if rates.fade_out_years <= 0.0:", "if False:",
        "test_effects.py::test_an_arm_without_fade_out_ends_a_fading_begun_in_history",
    ),
    # Counting.
    Broken(
        "time since the event before last is booked twice", "model/tally.py", "    person.accounted_to = now",
        "    pass",
        "test_conservation.py::test_the_activity_is_the_log_added_up",
    ),
    Broken(
        "people offending counted by occasion", "model/tally.py", "if person.counted_year != year:", "if True:",
        "test_conservation.py::test_the_activity_is_the_log_added_up",
    ),
    Broken(
        "licence booked as plain liberty", "model/tally.py", "return LICENCE_YEARS", "return LIBERTY_YEARS",
        "test_custody.py::test_licence_lasts",
    ),
    # Queues.
    Broken(
        "the group of lower priority goes first", "engine_compiled/line.py",
        "stage.groups[other].priority < stage", "stage.groups[other].priority > stage",
        "test_line.py::test_a_group_of_higher_priority_never_waits",
    ),
    Broken(
        "the lowest standing goes first", "engine_compiled/line.py",
        "key = standing - (", "key = -standing - (",
        "test_line.py::test_the_highest_referral_goes_first",
    ),
    Broken(
        "an arrest in line does not raise its block", "engine_compiled/ranking.py",
        "new = max(top, key)", "new = top if top > NO_KEY else key",
        "test_line.py::test_recent_arrests_go_first",
    ),
    Broken(
        "a release from the queue is missed", "engine_compiled/stretch.py", "freed += 1", "freed += 0",
        "test_queues.py::test_a_closed_pool_is_the_machine_repair_queue[3]",
    ),
    Broken(
        "one place too many is given", "engine_compiled/stretch.py",
        "while given < free:", "while given <= free:",
        "test_line.py::test_places_are_never_exceeded",
    ),
    Broken(
        "SimPy misses a release from the queue", "engine_simpy.py",
        "if changed == PLACE_FREED:\n            self.managed -= 1",
        "if changed == PLACE_FREED:\n            self.managed -= 0", "test_line.py::test_places_are_never_exceeded",
    ),
    Broken(
        "SimPy fills before the events of the instant", "engine_simpy.py", "Alarm(self.env, self.env.now, FILLING)",
        "Alarm(self.env, self.env.now, 1)", "test_line.py::test_events_at_one_instant_are_taken_by_kind",
    ),
]  # fmt: skip
