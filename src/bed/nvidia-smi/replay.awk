# Projects recorded cards on the fields asked for. A card's file has lines "field | at rest | under load"; a value that
# differs moves along a fixed curve, so that the same tick always gives the same row.

function trim(text) { gsub(/^[ \t]+|[ \t]+$/, "", text); return text }

BEGIN {
  FS = "|"
  points = split("0 8 21 37 55 74 92 100 100 97 83 62 41 24 11 3", curve, " ")
  share = curve[tick % points + 1] / 100
  alias["gpu_uuid"] = "uuid"; alias["gpu_name"] = "name"; alias["gpu_bus_id"] = "pci.bus_id"; alias["gpu_serial"] = "serial"
  alias["clocks.current.sm"] = "clocks.sm"; alias["clocks.current.memory"] = "clocks.mem"; alias["clocks.current.graphics"] = "clocks.gr"
  alias["clocks.max.graphics"] = "clocks.max.gr"; alias["clocks.max.memory"] = "clocks.max.mem"; alias["power.draw.average"] = "power.draw"
  unit["utilization.gpu"] = "%"; unit["utilization.memory"] = "%"; unit["fan.speed"] = "%"
  unit["memory.used"] = unit["memory.total"] = unit["memory.free"] = unit["memory.reserved"] = "MiB"
  unit["power.draw"] = unit["power.limit"] = unit["power.draw.instant"] = "W"
  unit["clocks.sm"] = unit["clocks.mem"] = unit["clocks.gr"] = unit["clocks.max.sm"] = unit["clocks.max.mem"] = unit["clocks.max.gr"] = "MHz"
  cards = 0
}

/^#/ || NF < 2 { next }
{ if (FILENAME != file) { file = FILENAME; card = cards++; } }
{
  field = trim($1)
  if (card == 0) order[++known] = field
  rest[card, field] = trim($2)
  load[card, field] = NF > 2 ? trim($3) : trim($2)
}

function value(card, field,    from, to, digits) {
  if (field == "timestamp") return now
  if (field == "index") return card
  if (field == "count") return cards
  from = rest[card, field]; to = load[card, field]
  if (from == to || from !~ /^-?[0-9.]+$/ || to !~ /^-?[0-9.]+$/) return share >= 0.5 ? to : from
  digits = index(to, ".") ? length(to) - index(to, ".") : 0
  return sprintf("%." digits "f", from + (to - from) * share)
}

function with_unit(field, text) {
  if (format ~ /nounits/ || !(field in unit) || text !~ /^-?[0-9.]+$/) return text
  return text " " unit[field]
}

function known_field(field) {
  if (field == "timestamp" || field == "count") return 1
  # A driver before 535 knows the reasons under their older name only.
  if (mode == "old" && field ~ /^clocks_event_reasons/) return 0
  sub(/^clocks_throttle_reasons/, "clocks_event_reasons", field)
  return (0, field) in rest
}

function canonical(field) {
  if (field in alias) field = alias[field]
  return field
}

function stored(field) {
  sub(/^clocks_throttle_reasons/, "clocks_event_reasons", field)
  return field
}

function title(field, name) {
  return format !~ /nounits/ && (field in unit) ? name " [" unit[field] "]" : name
}

function devices(    count, names, i, card, line) {
  count = split(fields, names, ",")
  for (i = 1; i <= count; i++) {
    names[i] = trim(names[i])
    if (!known_field(canonical(names[i]))) {
      printf "Field \"%s\" is not a valid field to query.\n\n", names[i]
      exit 2
    }
  }
  if (header == "yes") {
    line = ""
    for (i = 1; i <= count; i++) line = line (i > 1 ? ", " : "") title(canonical(names[i]), names[i])
    print line
  }
  for (card = 0; card < cards; card++) {
    line = ""
    for (i = 1; i <= count; i++) {
      field = canonical(names[i])
      line = line (i > 1 ? ", " : "") with_unit(field, value(card, stored(field)))
    }
    print line
  }
}

function processes(    count, names, i, line, text, parts, pid, gpu, memory, name, field, found) {
  count = split(fields, names, ",")
  for (i = 1; i <= count; i++) {
    names[i] = trim(names[i])
    if (names[i] !~ /^(timestamp|gpu_name|gpu_bus_id|gpu_serial|gpu_uuid|pid|process_name|name|used_gpu_memory|used_memory)$/) {
      printf "Field \"%s\" is not a valid field to query.\n\n", names[i]
      exit 2
    }
  }
  if (header == "yes") {
    line = ""
    for (i = 1; i <= count; i++)
      line = line (i > 1 ? ", " : "") names[i] (format !~ /nounits/ && names[i] ~ /memory/ ? " [MiB]" : "")
    print line
  }
  while ((getline text < pids) > 0) {
    split(text, parts, /[ \t]+/)
    pid = parts[1]; gpu = parts[2] == "" ? 0 : parts[2]; memory = parts[3] == "" ? 1024 : parts[3]
    name = text; sub(/^[^ \t]+[ \t]*[^ \t]*[ \t]*[^ \t]*[ \t]*/, "", name)
    if (pid !~ /^[0-9]+$/ || gpu >= cards) continue
    found = (getline line < ("/proc/" pid "/comm")) > 0
    close("/proc/" pid "/comm")
    if (!found) continue
    if (name == "") name = line
    if (mode == "unavailable") memory = "[N/A]"
    line = ""
    for (i = 1; i <= count; i++) {
      field = names[i]
      if (field == "timestamp") text = now
      else if (field == "pid") text = pid
      else if (field ~ /name$/ && field !~ /^gpu/) text = name
      else if (field ~ /memory$/) text = memory (format ~ /nounits/ || memory !~ /^[0-9]+$/ ? "" : " MiB")
      else text = value(gpu, canonical(field))
      line = line (i > 1 ? ", " : "") text
    }
    print line
  }
}

function monitor(    text, parts) {
  if (header == "yes" || tick == 0) {
    if (query == "pmon") {
      print "# gpu         pid   type     sm    mem    enc    dec    jpg    ofa    command "
      print "# Idx           #    C/G      %      %      %      %      %      %    name "
    } else {
      print "# gpu    pwr  gtemp  mtemp     sm    mem    enc    dec    jpg    ofa   mclk   pclk "
      print "# Idx      W      C      C      %      %      %      %      %      %    MHz    MHz "
    }
  }
  if (query == "dmon") {
    for (i = 0; i < cards; i++)
      printf "%5d %6.0f %6s      - %6s %6s      0      0      0      0 %6s %6s \n", i, value(i, "power.draw"), value(i, "temperature.gpu"), value(i, "utilization.gpu"), value(i, "utilization.memory"), value(i, "clocks.mem"), value(i, "clocks.sm")
    return
  }
  seen = 0
  while ((getline text < pids) > 0) {
    split(text, parts, /[ \t]+/)
    if (parts[1] !~ /^[0-9]+$/) continue
    printf "%5d %10d     C %6s %6s      -      -      -      -    %-15s\n", parts[2], parts[1], value(0, "utilization.gpu"), value(0, "utilization.memory"), parts[4] == "" ? "python3" : parts[4]
    seen = 1
  }
  if (!seen) for (i = 0; i < cards; i++) printf "%5d          -     -      -      -      -      -      -      -    -              \n", i
}

END {
  if (query == "gpu") devices()
  else if (query == "apps") processes()
  else if (query == "list") {
    for (i = 0; i < cards; i++) {
      printf "GPU %d: %s (UUID: %s)\n", i, value(i, "name"), value(i, "uuid")
      if (value(i, "mig.mode.current") == "Enabled")
        for (j = 0; j < 2; j++) printf "  MIG 3g.40gb     Device  %d: (UUID: MIG-%08d-0000-5000-8000-%012d)\n", j, i, j
    }
  } else if (query == "help") {
    print "List of valid properties to query for the switch \"--query-gpu=\":\n"
    for (i = 1; i <= known; i++) if (known_field(order[i])) printf "\"%s\"\n\n", order[i]
  } else monitor()
}
