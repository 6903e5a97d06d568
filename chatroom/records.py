"""Values under names that nobody alters: what events and messages are.

    class Left(Record):
        unsaid: int

    Left(3) == Left(unsaid=3)

A NamedTuple is equal to any tuple of the same values, and false where it is empty; these are
told apart by their type. `dataclass(frozen=True)` makes such classes, too, but it compiles six
functions for each of them at every start of a program, and imports `inspect`.
"""

from typing import TYPE_CHECKING, Any, ClassVar, NoReturn, TypeVar

if TYPE_CHECKING:
    from typing_extensions import dataclass_transform
else:

    def dataclass_transform(**_: object) -> Any:
        """Return what leaves a class as it is: only those who check types need to know more."""
        return lambda kind: kind


@dataclass_transform(frozen_default=True)
class Record:
    """The base of all: the fields of a class are the names that it annotates, in order."""

    __match_args__: ClassVar[tuple[str, ...]] = ()
    _defaults: ClassVar[dict[str, Any]] = {}
    _every_name: ClassVar[frozenset[str]] = frozenset()

    def __init_subclass__(cls) -> None:
        super().__init_subclass__()
        names = cls.__match_args__ = tuple(cls.__annotations__)  # type: ignore[misc]
        cls._every_name = frozenset(names)
        cls._defaults = {name: getattr(cls, name) for name in names if hasattr(cls, name)}

    def __init__(self, *values: Any, **named: Any) -> None:
        names, fields = self.__match_args__, vars(self)
        if named.keys() == self._every_name and not values:
            values = tuple(map(named.__getitem__, names))
        elif named or len(values) != len(names):
            values = self._complete(values, named)
        for place, name in enumerate(names):
            fields[name] = values[place]

    def __eq__(self, other: object) -> bool:
        return type(other) is type(self) and vars(other) == vars(self)

    def __hash__(self) -> int:
        return hash((type(self), *vars(self).values()))

    def __repr__(self) -> str:
        fields = ", ".join(f"{name}={value!r}" for name, value in vars(self).items())
        return f"{type(self).__name__}({fields})"

    def __setattr__(self, name: str, value: object) -> NoReturn:
        raise AttributeError(f"nobody alters a {type(self).__name__}")

    def __delattr__(self, name: str) -> NoReturn:
        raise AttributeError(f"nobody alters a {type(self).__name__}")

    def _complete(self, values: tuple[Any, ...], named: dict[str, Any]) -> tuple[Any, ...]:
        """Return the values of all fields. Raises TypeError where one is missing or too many."""
        rest = self.__match_args__[len(values) :]
        given = {name: one for name, one in self._defaults.items() if name in rest} | named
        if given.keys() != set(rest) or len(values) + len(rest) != len(self.__match_args__):
            raise TypeError(f"{type(self).__name__} has the fields {self.__match_args__}")
        return (*values, *(given[name] for name in rest))


RecordT = TypeVar("RecordT", bound=Record)


def replace(record: RecordT, **changes: Any) -> RecordT:
    """Return a record with other values in some fields."""
    return type(record)(**(vars(record) | changes))
