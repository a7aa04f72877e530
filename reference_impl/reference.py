"""What makes a function a reference: its name, its slips, its witnesses, and the domain over which they are compared.

Where references are found is in `catalogue.py`; how witnesses are heard is in `compare.py`.
"""

from __future__ import annotations

import functools
import importlib
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import TYPE_CHECKING, Any, Final, Generic, NamedTuple, ParamSpec, TypeVar

if TYPE_CHECKING:
    from types import ModuleType

    from reference_impl.domain import Domain, Either
    from reference_impl.figures import Figure

P = ParamSpec("P")
R_co = TypeVar("R_co", covariant=True)
R = TypeVar("R")
F = TypeVar("F", bound=Callable[..., object])
FigureOf = TypeVar("FigureOf", bound="Callable[..., Figure | None]")


class ArgumentError(TypeError):
    """A call that does not fit a reference's parameters, said for whoever wrote the call."""


class NoOpinion(Exception):  # noqa: N818 - not an error: a witness that has nothing to say here
    """Raised by a witness that cannot speak on these arguments; its text says why."""


class _Required:
    def __repr__(self) -> str:
        return "required"


#: The default of a parameter that has none.
REQUIRED: Final = _Required()


# Named tuples, here and in the modules beside it: each dataclass costs half a millisecond at import, on the way to the
# first card.


class Parameter(NamedTuple):
    """One parameter of a reference. `default` is `REQUIRED` where there is none; `type` is as annotated."""

    name: str
    default: object
    type: str

    @property
    def required(self) -> bool:
        """Whether a call has to give it."""
        return self.default is REQUIRED

    def __str__(self) -> str:
        return self.name if self.required else f"{self.name}={self.default!r}"


class Slip(NamedTuple):
    """A wrong formula that people use in place of a reference, and the sentence that corrects it.

    `function` takes all of the reference's arguments by name, after the reference has accepted them. It raises
    ValueError where the mistake leads to no value.
    """

    name: str
    sentence: str
    function: Callable[..., object]


class Witness(NamedTuple):
    """An independent computation of a reference's value. `function` takes the reference's arguments."""

    name: str
    function: Callable[..., object]

    @property
    def needs_torch(self) -> bool:
        """Whether it can only speak where PyTorch is installed."""
        return self.name.startswith("PyTorch")


class Reference(Generic[P, R_co]):
    """A function that computes a true answer; called like the function."""

    def __init__(self, function: Callable[P, R_co], domain: Domain | Either) -> None:
        functools.update_wrapper(self, function)
        self.function_name: str = function.__name__
        self.function = function
        self.domain = domain
        path = function.__module__.split(".")
        self.topic: str = path[1] if path[0] == "reference_impl" and len(path) > 1 else path[-1]
        self.name: str = f"{self.topic}.{self.function_name}"
        self._defaults = defaults_of(function)
        self._slips: list[Slip] = []
        self._witnesses: list[Witness] = []
        self._figure: Callable[..., Figure | None] | None = None

    def __call__(self, *args: P.args, **kwargs: P.kwargs) -> R_co:
        """The true answer. ValueError, with a sentence, for arguments that the reference does not accept."""
        return self.function(*args, **kwargs)

    def __repr__(self) -> str:
        return f"<reference {self.name}{self.signature}>"

    @functools.cached_property
    def parameters(self) -> tuple[Parameter, ...]:
        """The parameters, in the order in which a call gives them."""
        types = self.function.__annotations__
        return tuple([Parameter(name, default, types.get(name, "")) for name, default in self._defaults.items()])

    @property
    def signature(self) -> str:
        """The parameters as a call writes them: `(input_size, kernel_size, stride=1)`."""
        return f"({', '.join(map(str, self.parameters))})"

    @property
    def returns(self) -> str:
        """What it gives, as annotated: `int`, `float`, `Shape`, `Vector`, `Matrix`, or `Numbers` (one, or a vector)."""
        return str(self.function.__annotations__["return"])

    @property
    def doc(self) -> str:
        """The docstring, without its indentation."""
        import inspect

        return inspect.cleandoc(self.function.__doc__ or "")

    @property
    def summary(self) -> str:
        """The docstring's first line."""
        return (self.function.__doc__ or "").strip().split("\n", 1)[0]

    @property
    def slips(self) -> tuple[Slip, ...]:
        """The typical mistakes, in the order in which they were written."""
        return tuple(self._slips)

    @property
    def witnesses(self) -> tuple[Witness, ...]:
        """The independent computations, the quick ones first; their modules are loaded when they are asked for."""
        for module in getattr(self._load_quick(), "WITH_PYTORCH", ()):
            importlib.import_module(f"reference_impl.witnesses.{self.topic}.{module}")
        return tuple(self._witnesses)

    @property
    def quick_witnesses(self) -> tuple[Witness, ...]:
        """Those that need no PyTorch. No other is loaded for them: a first paper asks all topics."""
        self._load_quick()
        return tuple([witness for witness in self._witnesses if not witness.needs_torch])

    def _load_quick(self) -> ModuleType | None:
        if not self.__module__.startswith("reference_impl."):
            return None
        return importlib.import_module(f"reference_impl.witnesses.{self.topic}")

    @property
    def offers_figure(self) -> bool:
        """Whether it has a figure of some arguments."""
        return self._find_figure() is not None

    def _find_figure(self) -> Callable[..., Figure | None] | None:
        # Beside the topic's own module there may be one of its figures, loaded when a figure is first asked for.
        if self._figure is None and self.__module__.startswith("reference_impl."):
            _import_if_there(f"reference_impl.figures.{self.topic}")
        return self._figure

    def figure_for(self, arguments: Mapping[str, object]) -> Figure | None:
        """A figure of the arguments, given by name, or None where there is none: too much to draw, or nothing offered.

        ValueError for arguments that the reference does not accept.
        """
        figure = self._find_figure()
        if figure is None:
            return None
        self.function(**arguments)  # type: ignore[arg-type,call-arg]  # by name: refuses what has no figure
        return figure(**arguments)

    def slip(self, sentence: str) -> Callable[[F], F]:
        """Registers the decorated function as a typical mistake, named after it.

        It takes those of the reference's parameters that the mistake looks at, in their order and without defaults: all
        of them are always given. TypeError for any other parameter.
        """

        def register(function: F) -> F:
            self._slips.append(Slip(function.__name__, sentence, self._given_all(function, "slip")))
            return function

        return register

    def witness(self, name: str) -> Callable[[F], F]:
        """Registers the decorated function as a witness. TypeError if its parameters or their defaults differ.

        A name that begins with “PyTorch” says that it imports torch, inside the function.
        """

        def register(function: F) -> F:
            if list(defaults_of(function).items()) != list(self._defaults.items()):
                raise TypeError(
                    f"the witness {_called(function)} must have the parameters of {self.name}{self.signature}"
                )
            if any(witness.name == name for witness in self._witnesses):
                raise TypeError(f"{self.name} has a witness named “{name}” already")
            self._witnesses.append(Witness(name, function))
            return function

        return register

    def figure(self, function: FigureOf) -> FigureOf:
        """Registers the decorated function as the figure of the arguments. It takes parameters as a slip does."""
        if self._figure is not None:
            raise TypeError(f"{self.name} has a figure already")
        self._figure = self._given_all(function, "figure")
        return function

    def _given_all(self, function: Callable[..., R], role: str) -> Callable[..., R]:
        """The function, to be called with all arguments: it is given those that it has parameters for."""
        theirs = defaults_of(function)
        if list(theirs) != [name for name in self._defaults if name in theirs] or set(theirs.values()) - {REQUIRED}:
            raise TypeError(
                f"the {role} {_called(function)} must take parameters of {self.name}{self.signature}, in their order "
                f"and without defaults"
            )
        return function if len(theirs) == len(self._defaults) else _taking(theirs, function)

    def bind(self, *args: object, **kwargs: object) -> dict[str, Any]:
        """The arguments by name, defaults filled in, in the order of the parameters.

        Raises ArgumentError, with a sentence, for an unknown, missing, doubled or surplus argument.
        """
        name = self.function_name
        if len(args) > len(self.parameters):
            raise ArgumentError(f"{name} takes at most {len(self.parameters)} arguments, not {len(args)}")
        bound: dict[str, Any] = {}
        for place, parameter in enumerate(self.parameters):
            if place < len(args):
                if parameter.name in kwargs:
                    raise ArgumentError(f"{name} is given “{parameter.name}” twice: by its place and by its name")
                bound[parameter.name] = args[place]
            elif parameter.name in kwargs:
                bound[parameter.name] = kwargs[parameter.name]
            else:
                bound[parameter.name] = parameter.default
        for given in kwargs:
            if given not in bound:
                near = nearest(given, bound)
                hint = f" — did you mean “{near}”?" if near else f": {name}{self.signature}"
                raise ArgumentError(f"{name} has no argument “{given}”{hint}")
        missing = [given for given, value in bound.items() if value is REQUIRED]
        if missing:
            listed = " and ".join(f"“{given}”" for given in missing)
            raise ArgumentError(f"{name} needs the argument{'s' * (len(missing) > 1)} {listed}: {name}{self.signature}")
        return bound

    def draws(self, seed: int = 0, count: int = 1000) -> Iterator[Mapping[str, Any]]:
        """Arguments to try: the whole domain where it is small, else `count` seeded draws of it."""
        return self.domain.draws(seed, count)


def reference(*, domain: Domain | Either) -> Callable[[Callable[P, R_co]], Reference[P, R_co]]:
    """Makes a function a reference, whose witnesses are compared over `domain`."""

    def make(function: Callable[P, R_co]) -> Reference[P, R_co]:
        return Reference(function, domain)

    return make


def defaults_of(function: Callable[..., object]) -> dict[str, object]:
    """A plain function's parameters, in order, with their defaults or `REQUIRED`. TypeError for *args and the like."""
    code = function.__code__
    if code.co_kwonlyargcount or code.co_posonlyargcount or code.co_flags & 0x0C:  # *args or **kwargs
        raise TypeError(f"{function.__name__} must have plain parameters only")
    names = code.co_varnames[: code.co_argcount]
    defaults = function.__defaults__ or ()
    required = (REQUIRED,) * (len(names) - len(defaults))
    return dict(zip(names, (*required, *defaults), strict=True))


def _called(function: Callable[..., object]) -> str:
    """A function as its definition calls it: `padded_once(input_size, kernel_size)`."""
    listed = [str(Parameter(name, default, "")) for name, default in defaults_of(function).items()]
    return f"{function.__name__}({', '.join(listed)})"


def _taking(names: Iterable[str], function: Callable[..., R]) -> Callable[..., R]:
    """The function, called with all arguments of a reference: it is given those that it has names for."""
    looked_at = tuple(names)

    @functools.wraps(function)
    def called(**arguments: object) -> R:
        return function(*map(arguments.__getitem__, looked_at))

    return called


def _import_if_there(module: str) -> None:
    try:
        importlib.import_module(module)
    except ModuleNotFoundError as error:
        if error.name != module:
            raise


def nearest(name: str, candidates: Iterable[str]) -> str | None:
    """The candidate most like a mistyped name, or None when none is near."""
    import difflib

    # a text of thousands of letters is near no name, and takes long to compare
    found = difflib.get_close_matches(name[:100], list(candidates), n=1, cutoff=0.6)
    return found[0] if found else None
