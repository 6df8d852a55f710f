"""Every fault that is put into one file: what stood there, what stands there instead. Decides nothing about tests.

What is not touched stands in `LEFT_ALONE`, by rule and with the reason. All else may be turned round.
"""

import ast
from collections.abc import Callable, Iterator
from dataclasses import dataclass

ORDERS: dict[type[ast.cmpop], tuple[type[ast.cmpop], ...]] = {
    ast.Lt: (ast.LtE, ast.GtE), ast.LtE: (ast.Lt, ast.Gt), ast.Gt: (ast.GtE, ast.LtE), ast.GtE: (ast.Gt, ast.Lt),
    ast.Eq: (ast.NotEq,), ast.NotEq: (ast.Eq,), ast.In: (ast.NotIn,), ast.NotIn: (ast.In,),
    ast.Is: (ast.IsNot,), ast.IsNot: (ast.Is,),
}  # fmt: skip
SUMS: dict[type[ast.operator], type[ast.operator]] = {
    ast.Add: ast.Sub, ast.Sub: ast.Add, ast.Mult: ast.Add, ast.Div: ast.Mult, ast.FloorDiv: ast.Mult, ast.Mod: ast.Mult,
    ast.BitAnd: ast.BitOr, ast.BitOr: ast.BitAnd, ast.LShift: ast.RShift, ast.RShift: ast.LShift,
}  # fmt: skip

# What → why. Rules about a kind of code; a single place that changes nothing stands in `equal`.
LEFT_ALONE = {
    "docstrings, annotations, imports, unions and names of types": "nothing of them is done",
    "decorators": "caches and forms of a class: without them the program says the same, slower or not at all",
    "`repr=`": "how a value is shown to whoever mends the program",
    "`strict=`": "that two rows are of one length: it only ever ends a program that is wrong elsewhere",
    "sentences (texts with a blank in them) and the words of errors": "no test should repeat what is said to people",
}


@dataclass(frozen=True)
class Fault:
    """`number`: among those of its file. `line`: from 1. `text`: that line, stripped."""

    number: int
    line: int
    text: str
    change: str


def faults_in(source: str) -> list[Fault]:
    """All of them, in the order of the text."""
    lines = source.splitlines()
    return [
        Fault(number, node.lineno, lines[node.lineno - 1].strip(), f"{shown(node)} → {shown(other)}")
        for number, (node, other, _) in enumerate(_places(ast.parse(source)))
    ]


def broken(source: str, number: int) -> ast.Module:
    """The file with that fault in it."""
    tree = ast.parse(source)
    node, other, put = next(place for n, place in enumerate(_places(tree)) if n == number)
    put(ast.copy_location(other, node))
    return ast.fix_missing_locations(tree)


def shown(node: ast.AST) -> str:
    """One line of it."""
    text = ast.unparse(node).splitlines()[0]
    return text if len(text) < 60 else f"{text[:57]}..."


Spot = ast.expr | ast.stmt
Place = tuple[Spot, Spot, Callable[[Spot], None]]


def _places(above: ast.AST, *, words: bool = True) -> Iterator[Place]:
    """(what stands there, what could, how to put it there). `words`: texts are turned round, too."""
    for name, value in ast.iter_fields(above):
        if name in {"annotation", "returns", "decorator_list", "type_comment"}:
            continue
        for place, node in enumerate(value if isinstance(value, list) else [value]):
            if not isinstance(node, ast.AST) or _left_alone(node):
                continue
            if isinstance(node, ast.expr | ast.stmt):
                put = _putter(above, name, place if isinstance(value, list) else None)
                yield from ((node, other, put) for other in _others(node, words=words))
            yield from _places(node, words=words and not isinstance(node, ast.Raise))


def _putter(above: ast.AST, name: str, place: int | None) -> Callable[[Spot], None]:
    def put(other: Spot) -> None:
        if place is None:
            setattr(above, name, other)
        else:
            getattr(above, name)[place] = other

    return put


def _left_alone(node: ast.AST) -> bool:
    match node:
        case ast.Expr(value=ast.Constant()) | ast.Import() | ast.ImportFrom() | ast.keyword(arg="repr" | "strict"):
            return True
        case ast.Assign(targets=[ast.Name(id="__all__")]) | ast.Call(func=ast.Name(id="assert_never")):
            return True
        case ast.Assign(targets=[ast.Name(id=name)], value=ast.BinOp(op=ast.BitOr())) if name.istitle():
            return True  # a union of types
        case ast.Assign(targets=[ast.Name()], value=ast.Subscript(value=ast.Name(id=kind))) if kind.istitle():
            return True  # the name of a type
        case _:
            return False


def _others(node: Spot, *, words: bool) -> Iterator[Spot]:
    match node:
        case ast.Constant():
            yield from _constants(node, words=words)
        case ast.Compare(left=left, ops=[op], comparators=[right]):
            yield from (ast.Compare(left, [other()], [right]) for other in ORDERS[type(op)])
        case ast.BoolOp(op=op, values=values):
            yield ast.BoolOp(ast.Or() if isinstance(op, ast.And) else ast.And(), values)
        case ast.UnaryOp(op=ast.Not(), operand=operand):
            yield operand
        case ast.BinOp(left=left, op=op, right=right) if type(op) in SUMS:
            yield ast.BinOp(left, SUMS[type(op)](), right)
        case ast.AugAssign(target=target, op=op, value=value) if type(op) in SUMS:
            yield ast.AugAssign(target, SUMS[type(op)](), value)
        case ast.IfExp(test=test, body=body, orelse=orelse):
            yield ast.IfExp(ast.UnaryOp(ast.Not(), test), body, orelse)
        case ast.stmt():
            yield from _statements(node)


def _constants(node: ast.Constant, *, words: bool) -> Iterator[Spot]:
    match node.value:
        case bool(value):
            yield ast.Constant(not value)
        case int(value) | float(value):
            yield ast.Constant(value + 1)
        case str(value) if words and value and " " not in value:
            yield ast.Constant(f"{value}x")
        case bytes(value) if value:
            yield ast.Constant(value + b"x")


def _statements(node: ast.stmt) -> Iterator[Spot]:
    match node:
        case ast.Return(value=value) if value is not None and not isinstance(value, ast.Constant):
            yield ast.Return(ast.Constant(None))
        case ast.If(test=test, body=body, orelse=orelse):
            yield ast.If(ast.UnaryOp(ast.Not(), test), body, orelse)
        case ast.Break():
            yield ast.Continue()
        case ast.Continue():
            yield ast.Break()
        case ast.Expr(value=ast.Call() | ast.Yield() | ast.YieldFrom()):
            yield ast.Pass()
