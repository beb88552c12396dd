package dev.quayside.backup.foreign;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What pg_dump writes of one database passes; what could do more is refused. */
class SqlGateTest {

  /** Shortened from what pg_dump 15 wrote, with owners and rights taken out to be put in again. */
  private static final String DUMP =
      """
      --
      -- PostgreSQL database dump; \\! not a command
      --

      SET statement_timeout = 0;
      SET client_encoding = 'UTF8';
      SET standard_conforming_strings = on;
      SELECT pg_catalog.set_config('search_path', '', false);
      SET check_function_bodies = false;
      /* a /* nested */ comment; with \\x */
      CREATE FUNCTION public.f(x integer) RETURNS text
          LANGUAGE plpgsql
          AS $_$ begin return 'it''s \\n' || $1 || ';'; end $_$;
      CREATE FUNCTION public.g() RETURNS text LANGUAGE sql AS $$select E'\\'\\\\'$$;
      CREATE TABLE public."odd ""name" (
          id integer DEFAULT nextval('public.s'::regclass) NOT NULL,
          kind "char" DEFAULT 'x'::"char",
          part integer[],
          CONSTRAINT c CHECK ((part[1:2] IS NOT NULL) AND (id >= -1) AND ((4 / 2) = 2))
      );
      COPY public."odd ""name" (id, kind, part) FROM stdin;
      1\tx\t{1,2}
      2\t\\\\\t\\N
      \\.x
      --not a comment '
      \\.


      INSERT INTO public.t VALUES (1, 'C:\\dir', E'a\\'b', U&'\\0041', $$\\!$$);
      SELECT pg_catalog.setval('public.s', 2, true);
      COMMENT ON TABLE public.t IS 'a \\connect in a comment';
      CREATE TRIGGER t BEFORE INSERT ON public.t FOR EACH ROW EXECUTE FUNCTION public.f();
      CREATE UNIQUE INDEX "Größe" ON public.t USING btree (größe);
      """;

  @Test
  void whatPgDumpWritesPassesByteForByte() throws Exception {
    ByteArrayOutputStream sent = new ByteArrayOutputStream();
    SqlGate gate = new SqlGate(sent);
    gate.write(DUMP.getBytes(StandardCharsets.UTF_8));
    gate.end();

    assertThat(sent.toString(StandardCharsets.UTF_8)).isEqualTo(DUMP);
    assertThat(gate.tables()).isEqualTo(1);
    assertThat(gate.statements()).isEqualTo(14);
    assertThat(gate.leftOut()).isZero();
  }

  @Test
  void ownersRightsAndPgDumpsOwnCommandsAreLeftOut() throws Exception {
    String more =
        "\\restrict abcDEF123\n"
            + DUMP
            + """
            ALTER TABLE public."odd ""name" OWNER TO app;
            ALTER FUNCTION public.f(x integer) OWNER TO "another one";
            GRANT SELECT ON TABLE public.t TO reader;
            REVOKE ALL ON SCHEMA public FROM PUBLIC;
            ALTER DEFAULT PRIVILEGES FOR ROLE app GRANT SELECT ON TABLES TO reader;
            COMMENT ON EXTENSION plpgsql IS 'PL/pgSQL';
            ALTER TABLE ONLY public.t ADD CONSTRAINT p PRIMARY KEY (id);
            \\unrestrict abcDEF123
            """;

    assertThat(passed(more))
        .startsWith(DUMP)
        .contains("ADD CONSTRAINT p PRIMARY KEY (id);")
        .doesNotContain("OWNER TO", "GRANT", "REVOKE", "EXTENSION", "restrict ");
  }

  @Test
  void aStatementLongerThanWhatIsKeptPassesWhole() throws Exception {
    String row = "(1, '" + "x".repeat(1000) + "', null),\n";
    String insert = "INSERT INTO t VALUES\n" + row.repeat(5000) + "(2, '\\', 3);\n";
    String rows = "COPY t FROM stdin;\n" + ("a\\\\b\t'\n").repeat(400_000) + "\\.\n";

    assertThat(passed(insert + rows)).isEqualTo(insert + rows);
  }

  static Stream<Arguments> refused() {
    return Stream.of(
        Arguments.of("\\! touch /tmp/evil\n", "COMMAND"),
        Arguments.of("select 1 \\! touch /tmp/evil\n;", "COMMAND"),
        Arguments.of("select 1 \\gexec\n", "COMMAND"),
        Arguments.of("\\connect other\n", "COMMAND"),
        Arguments.of("  \\restrict a\n", "COMMAND"),
        Arguments.of("\\restrict a b\n", "COMMAND"),
        Arguments.of("\\unrestrict a; \\! x\n", "COMMAND"),
        Arguments.of("-- x\r\\! touch\n", "COMMAND"),
        Arguments.of("/* /* */ \\! */ \\! x\n", "COMMAND"),
        Arguments.of("/*/ \\! */ \\! x\n", "COMMAND"),
        Arguments.of("select 'a\\'; \\! x\n", "COMMAND"),
        Arguments.of("select E'a\\''; \\! x\n", "COMMAND"),
        Arguments.of("select E'a'\n'b\\'' \\! evil\n';\n", "COMMAND"),
        Arguments.of("select E'a' -- c\n'b\\'' ;\n", "COMMAND"),
        Arguments.of("select $a$ $b$ $a$; \\! x\n", "COMMAND"),
        Arguments.of("select 1$a$ ' $a$ \\! x\n';\n", "COMMAND"),
        Arguments.of("select 1e'\\' ';\n", "COMMAND"),
        Arguments.of("select $abc;\n", "COMMAND"),
        Arguments.of("select :'VERSION';\n", "COMMAND"),
        Arguments.of("select :\"USER\";\n", "COMMAND"),
        Arguments.of("select :{?USER};\n", "COMMAND"),
        Arguments.of("select :USER;\n", "COMMAND"),
        Arguments.of("select 1::int:USER;\n", "COMMAND"),
        Arguments.of("create rule r as on insert to t do also (select 1; select 2);\n", "COMMAND"),
        Arguments.of("CREATE FUNCTION f() RETURNS int BEGIN ATOMIC SELECT 1; END;\n", "COMMAND"),
        Arguments.of("COPY t FROM stdin; \\! x\n\\.\n", "COMMAND"),
        Arguments.of("COPY t FROM stdin;\n1\n \\.\n\\.\n\\! x\n", "COMMAND"),
        Arguments.of("COPY t FROM stdin;\n1\n\\.\r\n\\! x\n", "COMMAND"),
        Arguments.of("COPY t FROM PROGRAM 'x';\n", "COPY"),
        Arguments.of("copy t from '/etc/passwd';\n", "COPY"),
        Arguments.of("COPY t TO PROGRAM 'x';\n", "COPY"),
        Arguments.of("COPY (select 1) TO stdout;\n", "COPY"),
        Arguments.of("COPY t FROM stdin WITH (FORMAT csv);\n1\n\\.\n", "COPY"),
        Arguments.of("/**/CREATE/**/DATABASE x;\n", "OTHER_DATABASE"),
        Arguments.of("drop database if exists x;\n", "OTHER_DATABASE"),
        Arguments.of("ALTER DATABASE x OWNER TO y;\n", "OTHER_DATABASE"),
        Arguments.of("CREATE ROLE x;\n", "SERVER"),
        Arguments.of("ALTER ROLE x SUPERUSER;\n", "SERVER"),
        Arguments.of("ALTER USER x SUPERUSER;\n", "SERVER"),
        Arguments.of("ALTER SYSTEM SET a = 'b';\n", "SERVER"),
        Arguments.of("LOAD 'evil';\n", "SERVER"),
        Arguments.of("SET ROLE postgres;\n", "SESSION"),
        Arguments.of("set session  authorization postgres;\n", "SESSION"),
        Arguments.of("RESET SESSION AUTHORIZATION;\n", "SESSION"),
        Arguments.of("SET client_encoding = 'SJIS';\n", "SESSION"),
        Arguments.of("SET NAMES 'SJIS';\n", "SESSION"),
        Arguments.of("SET \"client_encoding\" = 'SJIS';\n", "SESSION"),
        Arguments.of("SET U&\"\\0063lient_encoding\" = 'SJIS';\n", "SESSION"),
        Arguments.of("SET standard_conforming_strings = off;\n", "SESSION"),
        Arguments.of("SELECT set_config('client_' || 'encoding', 'SJIS', false);\n", "SESSION"),
        Arguments.of("do $$ begin set client_encoding = 'SJIS'; end $$;\n", "SESSION"),
        Arguments.of("update pg_settings set setting = 'SJIS';\n", "SESSION"),
        Arguments.of("update pg_catalog.\"pg_settings\" set setting = 'SJIS';\n", "SESSION"),
        Arguments.of("with x as (update pg_settings set a = b) select 1;\n", "SESSION"),
        Arguments.of("create view v as select * from pg_settings;\n", "SESSION"),
        Arguments.of("select \"set_config\"('a', 'b', false);\n", "SESSION"),
        Arguments.of("select SET_config/**/('a', 'b', false);\n", "SESSION"),
        Arguments.of("insert into t values (\"set_config\"('a', 'b', false));\n", "SESSION"),
        Arguments.of("select U&\"s\\0065t_config\"('a', 'b', false);\n", "SESSION"),
        Arguments.of("select u&\"s!0065t\" uescape '!' ('a', 'b', false);\n", "SESSION"),
        Arguments.of("select 1=1u&\"s\\0065t_config\"('a', 'b', false);\n", "SESSION"),
        Arguments.of("select \"pg_catalog\".set_config('search_path', '', false);\n", "SESSION"),
        Arguments.of("select 'open;\n", "CUT_SHORT"),
        Arguments.of("select 1\n", "CUT_SHORT"),
        Arguments.of("COPY t FROM stdin;\n1\n", "CUT_SHORT"),
        Arguments.of("select $$ open;\n", "CUT_SHORT"),
        Arguments.of("/* open\n", "CUT_SHORT"),
        Arguments.of("select '\0';\n", "NO_TEXT"));
  }

  /** Longer than the words that are kept: what is cut out of the middle is judged all the same. */
  @Test
  void noWordOfALongStatementIsMissed() {
    String filler = "(1, 2),\n".repeat(50_000);

    for (String name : List.of("set_config('a', 'b', false)", "\"set_config\"('a', 'b', false)")) {
      assertRefused("insert into t values " + filler + "(" + name + "),\n" + filler + "(1, 2);\n");
    }
    assertThatThrownBy(() -> passed("select " + "1 + ".repeat(50_000) + "1;\n"))
        .isInstanceOfSatisfying(
            SqlRefusal.class, e -> assertThat(e.reason()).isEqualTo(SqlRefusal.Reason.COMMAND));
  }

  private static void assertRefused(String sql) {
    assertThatThrownBy(() -> passed(sql))
        .isInstanceOfSatisfying(
            SqlRefusal.class, e -> assertThat(e.reason()).isEqualTo(SqlRefusal.Reason.SESSION));
  }

  @Test
  void suchWordsInRowsStringsAndCommentsPass() throws Exception {
    String sql =
        """
        COPY public.t FROM stdin;
        set_config\t"pg_settings"\t:USER\tU&"x"
        \\\\.
        \\.
        INSERT INTO t VALUES ('set_config', $$pg_settings :USER$$, E'\\'set_config'); -- set_config
        SELECT my_set_config(1), "set""_config", part[1:2], a & "b", 'x'::"char" /* pg_settings */;
        """;

    assertThat(passed(sql)).isEqualTo(sql);
  }

  @ParameterizedTest
  @MethodSource("refused")
  void whatCouldDoMoreIsRefused(String sql, String reason) {
    assertThatThrownBy(() -> passed("SET a = 1;\n" + sql))
        .isInstanceOfSatisfying(
            SqlRefusal.class, e -> assertThat(e.reason().name()).isEqualTo(reason));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "-- nothing", "\n;\n", "select 1;", "\uFEFFselect 1;\n"})
  void shortTextsPass(String sql) throws Exception {
    assertThat(passed(sql)).isEqualTo(sql.replace("\uFEFF", ""));
  }

  @Test
  void theLineIsNamed() {
    assertThatThrownBy(() -> passed("select 1;\n\nselect 2;\n\\! x\n")).hasMessage("line 4: \\!");
  }

  private static String passed(String sql) throws IOException {
    ByteArrayOutputStream sent = new ByteArrayOutputStream();
    SqlGate gate = new SqlGate(sent);
    gate.write(sql.getBytes(StandardCharsets.UTF_8));
    gate.end();
    return sent.toString(StandardCharsets.UTF_8);
  }
}
