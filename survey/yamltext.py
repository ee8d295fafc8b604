"""YAML text to plain data, refusing what PyYAML lets pass in silence."""

from __future__ import annotations

from typing import TYPE_CHECKING

import yaml

from survey.errors import SurveyError

if TYPE_CHECKING:
    from collections.abc import Hashable


class _Loader(yaml.SafeLoader):
    """SafeLoader keeps the last of two equal keys; a lost block of a questionnaire goes unseen."""

    def construct_mapping(
        self, node: yaml.MappingNode, deep: bool = False
    ) -> dict[Hashable, object]:
        seen: set[str] = set()
        for key, _ in node.value:
            # Merge keys (<<) may stand several times; they are resolved by the parent class.
            if not isinstance(key, yaml.ScalarNode) or key.tag == "tag:yaml.org,2002:merge":
                continue
            if key.value in seen:
                raise SurveyError(
                    "yaml_key_duplicate",
                    "the key {key} stands twice in one block, again in line {line}; "
                    "once is expected",
                    key=key.value,
                    line=key.start_mark.line + 1,
                )
            seen.add(key.value)
        return super().construct_mapping(node, deep=deep)


def load_yaml(text: str) -> object:
    """Plain data (dict, list, str, number, bool, None) of one YAML document.

    Raises
    ------
    SurveyError
        ``yaml_syntax`` with the line, ``yaml_key_duplicate``.

    """
    try:
        loader = _Loader(text)
        try:
            return loader.get_single_data()
        finally:
            loader.dispose()
    except SurveyError:
        raise
    except (yaml.YAMLError, ValueError) as error:
        mark = getattr(error, "problem_mark", None)
        problem = getattr(error, "problem", None) or getattr(error, "reason", None) or error
        raise SurveyError(
            "yaml_syntax",
            "the text is not valid YAML in line {line}: {problem}",
            line="?" if mark is None else mark.line + 1,
            problem=problem,
        ) from error
