"""``python -m lints [NAME …]``: prints each place that breaks a rule, then a count by rule; exits with 1 on any."""

import sys
from collections import Counter
from pathlib import Path

from lints.actions import actions_name_their_time_and_actor
from lints.days import one_function_makes_days
from lints.doors import doors_never_write
from lints.facts import (
    a_fact_carries_no_personal_data,
    a_fact_has_one_name_under_its_app,
    a_fact_is_frozen_and_explains_itself,
)
from lints.messages import every_message_is_translated, korean_reads_as_korean, messages_name_no_code
from lints.modules import (
    a_module_is_named_for_what_it_holds,
    a_module_stays_short,
    code_is_formatted_without_exceptions,
)
from lints.policy import policy_is_read_by_attribute
from lints.project import Lint, Project
from lints.rooms import every_room_stands_under_a_contract
from lints.states import only_a_step_writes_a_state
from lints.steps import the_steps_of_a_model_are_complete
from lints.templates import templates_hold_no_script_or_style
from lints.vocabulary import names_are_plain_words

LINTS: tuple[Lint, ...] = (
    every_room_stands_under_a_contract,
    doors_never_write,
    actions_name_their_time_and_actor,
    only_a_step_writes_a_state,
    a_fact_has_one_name_under_its_app,
    a_fact_is_frozen_and_explains_itself,
    a_fact_carries_no_personal_data,
    policy_is_read_by_attribute,
    one_function_makes_days,
    a_module_stays_short,
    a_module_is_named_for_what_it_holds,
    code_is_formatted_without_exceptions,
    names_are_plain_words,
    templates_hold_no_script_or_style,
    messages_name_no_code,
    every_message_is_translated,
    korean_reads_as_korean,
    the_steps_of_a_model_are_complete,
)


def main(names: list[str]) -> int:
    """Run the lints of these names, or all."""
    project = Project(Path(__file__).parent.parent)
    counts: Counter[str] = Counter()
    for lint in LINTS:
        rule = lint.__name__.replace("_", "-")
        if not names or rule in names:
            for finding in sorted(set(lint(project))):
                print(f"{finding.path}:{finding.line}: {rule}: {finding.instead}")
                counts[rule] += 1
    print(
        f"{len(LINTS)} rules, {counts.total()} findings",
        *(f"{n:5} {rule}" for rule, n in counts.items()),
        sep="\n",
    )
    return 1 if counts else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
