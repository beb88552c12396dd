package dev.quayside.backup.foreign;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.jspecify.annotations.Nullable;

/**
 * Whatever stands around it, a name that PostgreSQL's lexer would see is seen by the gate, and one
 * that the lexer would not see is let through. Each piece is whole for the lexer, so it is known
 * beforehand which of them hold such a name.
 */
class SqlGatePropertyTest {

  private static final List<String> HARMLESS =
      List.of(
          "1",
          "a",
          "é$1",
          "u",
          "e",
          "-",
          "+",
          "&",
          "( 2 )",
          "x::int",
          "part[1:2]",
          "$1",
          "''",
          "'set_config'",
          "'it''s \"set_config\" \\'",
          "'/* $$ -- :USER'",
          "E'\\'set_config\\\\'",
          "e'''\\\\\\'pg_settings'",
          "U&'\\0073et_config'",
          "$$set_config '$$",
          "$a$ $b$ set_config $a $a$",
          "$_$pg_settings;$_$",
          "\"a; '\"",
          "\"set\"\"_config\"",
          "\"SET_CONFIG\"",
          "\"-- /* $$\"",
          "my_set_config",
          "set_config2",
          "set_config$",
          "/* set_config */",
          "/* /* ' */ set_config \" */",
          "/*/ $$ */",
          "/**/",
          "-- set_config ' \" $$ /*\n",
          "--\r");

  private static final List<String> FORBIDDEN =
      List.of(
          "set_config",
          "SET_Config",
          "\"set_config\"",
          "pg_catalog.set_config",
          "pg_catalog.\"set_config\"",
          "pg_settings",
          "\"pg_settings\"",
          "U&\"\\0073et_config\"",
          "u&\"set_config\"",
          ":USER",
          ":'USER'",
          ":\"USER\"",
          ":{?USER}");

  private static final List<String> BETWEEN = List.of(" ", "\n", "\t", "/**/", "/* ' */", "--'\n ");

  @Property(tries = 2000)
  void harmlessPiecesPass(@ForAll long seed, @ForAll @IntRange(max = 40) int pieces)
      throws Exception {
    Random random = new Random(seed);
    String sql = statement(random, pieces, null);

    assertThat(passed(sql, random)).isEqualTo(sql);
  }

  @Property(tries = 4000)
  void aNameThatTheLexerSeesIsRefused(@ForAll long seed, @ForAll @IntRange(max = 40) int pieces) {
    Random random = new Random(seed);
    String sql = statement(random, pieces, one(FORBIDDEN, random));

    assertThatThrownBy(() -> passed(sql, random)).as(sql).isInstanceOf(SqlRefusal.class);
  }

  private static String statement(Random random, int pieces, @Nullable String forbidden) {
    List<String> all = new ArrayList<>();
    for (int i = 0; i < pieces; i++) {
      String piece = one(HARMLESS, random);
      boolean afterEscapes = !all.isEmpty() && all.getLast().regionMatches(true, 0, "e'", 0, 2);
      all.add(piece);
      if (afterEscapes || piece.regionMatches(true, 0, "e'", 0, 2)) {
        all.add(","); // two strings in a row are refused for themselves
      }
    }
    if (forbidden != null) {
      all.add(random.nextInt(all.size() + 1), forbidden);
    }
    StringBuilder sql =
        new StringBuilder(random.nextBoolean() ? "select " : "insert into t values ");
    for (String each : all) {
      sql.append(each).append(one(BETWEEN, random));
    }
    return sql.append(";\n").toString();
  }

  private static String one(List<String> of, Random random) {
    return of.get(random.nextInt(of.size()));
  }

  private static String passed(String sql, Random random) throws IOException {
    byte[] all = sql.getBytes(StandardCharsets.UTF_8);
    ByteArrayOutputStream sent = new ByteArrayOutputStream();
    SqlGate gate = new SqlGate(sent);
    for (int from = 0; from < all.length; ) {
      int length = Math.min(1 + random.nextInt(20), all.length - from);
      gate.write(all, from, length);
      from += length;
    }
    gate.end();
    return sent.toString(StandardCharsets.UTF_8);
  }
}
