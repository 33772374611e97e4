"""Random but reproducible edits of `.proto` texts, one declaration or word at a time."""

from __future__ import annotations

import re
from collections.abc import Mapping
from random import Random

BASE: Mapping[str, str] = {
    "shop/cart.proto": """
syntax = "proto3";
package shop.cart.v1;
import "google/protobuf/timestamp.proto";
import "shop/money.proto";
option go_package = "example.org/shop/cart";
option java_multiple_files = true;
message Cart {
  reserved 20, 30 to 40;
  reserved "legacy_total";
  string id = 1;
  repeated Line lines = 2;
  map<string, string> labels = 3;
  map<int32, Line> extra = 4;
  shop.money.v1.Money total = 5;
  google.protobuf.Timestamp updated = 6;
  State state = 7;
  optional string note = 8;
  oneof owner {
    string user = 9;
    int64 guest = 10;
  }
  int64 version = 11 [jstype = JS_STRING];
  bytes token = 12 [deprecated = true];
  message Line {
    string sku = 1;
    uint32 quantity = 2 [json_name = "qty"];
    enum Unit {
      UNIT_UNSPECIFIED = 0;
      UNIT_BOX = 1;
    }
    Unit unit = 3;
    message Discount {
      double rate = 1;
    }
    Discount discount = 4;
  }
}
enum State {
  option allow_alias = true;
  reserved 9, 12 to 14;
  reserved "STATE_OLD";
  STATE_UNSPECIFIED = 0;
  STATE_OPEN = 1;
  STATE_ACTIVE = 1;
  STATE_CLOSED = 2;
}
message GetRequest {
  string id = 1;
}
message Empty {
}
service Carts {
  rpc Get(GetRequest) returns (Cart);
  rpc Watch(GetRequest) returns (stream Cart);
  rpc Clear(GetRequest) returns (Empty) {
    option idempotency_level = IDEMPOTENT;
  }
}
service Admin {
  rpc Drop(GetRequest) returns (Empty);
}
""",
    "shop/money.proto": """
edition = "2023";
package shop.money.v1;
option features.field_presence = IMPLICIT;
message Money {
  int64 units = 1;
  sint32 nanos = 2;
  string currency = 3 [features.field_presence = EXPLICIT];
  Rounding rounding = 4 [features.field_presence = EXPLICIT];
  Tax tax = 5 [features.message_encoding = DELIMITED];
  repeated fixed32 history = 6 [features.repeated_field_encoding = EXPANDED];
}
message Tax {
  float rate = 1;
  string region = 2 [features.utf8_validation = NONE];
}
enum Rounding {
  option features.enum_type = CLOSED;
  ROUNDING_UP = 0;
  ROUNDING_DOWN = 1;
}
""",
    "shop/legacy.proto": """
syntax = "proto2";
package shop.legacy;
option java_package = "org.example.legacy";
message Order {
  extensions 100 to 199;
  extensions 300 to max;
  required string id = 1;
  optional int32 priority = 2 [default = 5];
  optional string channel = 3 [default = "web", ctype = CORD];
  repeated int32 codes = 4 [packed = true];
  optional Kind kind = 5 [default = KIND_B];
  optional group Detail = 6 {
    optional bool gift = 1;
  }
  extend Order {
    optional int32 rank = 100;
  }
}
extend Order {
  optional string tag = 101;
  repeated bytes blobs = 102;
}
enum Kind {
  KIND_A = 1;
  KIND_B = 2;
}
""",
}
_TYPES = (
    "int32",
    "int64",
    "uint32",
    "uint64",
    "sint32",
    "sint64",
    "fixed32",
    "fixed64",
    "sfixed32",
    "bool",
    "string",
    "bytes",
    "double",
)
_SCALAR = re.compile(rf"\b(?:{'|'.join((*_TYPES, 'float'))})\b(?=[ ,>])")
_FIELD_LINE = re.compile(r"^\s+(?:[\w.<>, ]+) \w+ = \d+.*;$")
_WORDS = {
    "JS_STRING": "JS_NUMBER",
    "IDEMPOTENT": "NO_SIDE_EFFECTS",
    "CORD": "STRING",
    "CLOSED": "OPEN",
    "EXPANDED": "PACKED",
    "DELIMITED": "LENGTH_PREFIXED",
    "NONE": "VERIFY",
    "EXPLICIT": "LEGACY_REQUIRED",
    "IMPLICIT": "EXPLICIT",
    "default = 5": "default = 6",
    '"web"': '"shop"',
    "KIND_B]": "KIND_A]",
    "packed = true": "packed = false",
    "(stream ": "(",
    "(GetRequest)": "(stream GetRequest)",
    "(Empty)": "(Cart)",
    '"qty"': '"amount"',
    "30 to 40": "31 to 35, 38",
    "12 to 14": "12 to 13",
    "300 to max": "310 to 400, 402 to max",
    '"legacy_total"': '"older_total"',
    "package shop.legacy": "package shop.older",
    "example.org/shop/cart": "example.org/cart",
    "java_multiple_files = true": "java_multiple_files = false",
    'syntax = "proto3"': 'syntax = "proto2"',
    "optional ": "",
    "required ": "optional ",
    "repeated ": "",
    "map<int32, Line>": "repeated Line",
    "Unit unit": "State unit",
    "oneof owner": "oneof holder",
    "ROUNDING_DOWN": "ROUNDING_FLOOR",
    "STATE_ACTIVE": "STATE_LIVE",
}


def mutate(files: Mapping[str, str], random: Random) -> dict[str, str]:
    """The files after one to three edits. The result may not compile."""
    edited = dict(files)
    for _ in range(random.randint(1, 3)):
        edit = random.choice(
            (_drop_line, _drop_line, _drop_block, _retype, _renumber, _rename, _word, _word, _word, _label, _move, _drop_file)
        )
        edit(edited, random)
    return edited


def _pick(files: Mapping[str, str], random: Random) -> tuple[str, list[str]]:
    name = random.choice(sorted(files))
    return name, files[name].split("\n")


def _drop_line(files: dict[str, str], random: Random) -> None:
    name, lines = _pick(files, random)
    droppable = [
        number for number, line in enumerate(lines) if line.endswith(";") and not line.startswith(("syntax", "edition", "import"))
    ]
    if droppable:
        number = random.choice(droppable)
        field = re.search(r"(\w+) = (\d+)", lines[number])
        reserve = random.randrange(4) if field and _FIELD_LINE.match(lines[number]) else 0
        lines[number] = (
            (f"  reserved {field[2]};" if reserve & 1 else "") + (f'  reserved "{field[1]}";' if reserve & 2 else "")
            if field
            else ""
        )
    files[name] = "\n".join(lines)


def _drop_block(files: dict[str, str], random: Random) -> None:
    name, lines = _pick(files, random)
    starts = [number for number, line in enumerate(lines) if line.endswith("{")]
    if not starts:
        return
    start = random.choice(starts)
    indent = len(lines[start]) - len(lines[start].lstrip())
    end = next(number for number in range(start + 1, len(lines)) if lines[number].startswith(" " * indent + "}"))
    keep = lines[start + 1 : end] if "oneof" in lines[start] else []
    files[name] = "\n".join(lines[:start] + keep + lines[end + 1 :])


def _move(files: dict[str, str], random: Random) -> None:
    name, lines = _pick(files, random)
    starts = [number for number, line in enumerate(lines) if re.match(r"(message|enum|service) ", line)]
    if not starts or name != "shop/cart.proto":
        return
    start = random.choice(starts)
    end = next(number for number in range(start + 1, len(lines)) if lines[number] == "}")
    files["shop/moved.proto"] = "\n".join(['syntax = "proto3";', "package shop.cart.v1;", *lines[start : end + 1]])
    lines[start : end + 1] = []
    files[name] = "\n".join(lines).replace('import "shop/money', 'import "shop/moved.proto";\nimport "shop/money')


def _drop_file(files: dict[str, str], random: Random) -> None:
    if random.randrange(4) == 0:
        files.pop("shop/legacy.proto", None)


def _substitute(files: dict[str, str], random: Random, pattern: str | re.Pattern[str], by: str) -> None:
    """Replace one of the places that match in some file; `by` may name the match as {0}."""
    _substitute_in(files, random.choice(sorted(files)), random, pattern, by)


def _substitute_in(files: dict[str, str], name: str, random: Random, pattern: str | re.Pattern[str], by: str) -> None:
    text = files[name]
    found = list(re.finditer(pattern, text))
    if found:
        match = random.choice(found)
        files[name] = text[: match.start()] + by.replace("{0}", match[0]) + text[match.end() :]


def _retype(files: dict[str, str], random: Random) -> None:
    _substitute(files, random, _SCALAR, random.choice((*_TYPES, "State")))


def _renumber(files: dict[str, str], random: Random) -> None:
    _substitute(files, random, r"(?<= = )\d+(?=[; ])", str(random.randint(1, 60)))


def _rename(files: dict[str, str], random: Random) -> None:
    _substitute(files, random, r"\b[a-z]\w+(?= = \d)", "{0}_x")


def _label(files: dict[str, str], random: Random) -> None:
    label = random.choice(("repeated ", "optional "))
    _substitute(files, random, r"(?<=  )(?=(?:string|int64|bytes|uint32|double|sint32|[A-Z]\w+) \w+ = )", label)


def _word(files: dict[str, str], random: Random) -> None:
    name, word = random.choice([(name, word) for name, text in sorted(files.items()) for word in _WORDS if word in text])
    _substitute_in(files, name, random, re.escape(word), _WORDS[word])
