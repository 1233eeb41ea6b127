#include "tests/input/support.h"

#include "sim/date.h"
#include <math.h>

static int64_t day(int32_t year, int32_t month, int32_t day_of_month) {
    return hw_date_to_days((hw_date){.year = year, .month = month, .day = day_of_month});
}

static const char town[] = "title: Bread for all\n"
                           "currencies: {AZN: 0.5 USD}\n"
                           "ovens:\n"
                           "  Small: {}\n"
                           "  Big: {floor: 9 m2, doors: 2}\n"
                           "shops:\n"
                           "  Corner:\n"
                           "    area: 52 m2\n"
                           "    staff: 1_0\n"
                           "    rent: 30.436875 kAZN/month\n"
                           "    oven: Big\n"
                           "    style: stand-up\n"
                           "    neighbours: [Mill Rd., Corner]\n"
                           "    budget: {2022-07-01: 1 MAZN, 2021: 2.5 kUSD}\n"
                           "    opened: 2020-02-29\n"
                           "    open_on_sunday: yes\n"
                           "    sign: Hot\n"
                           "  Mill Rd.: {area: 1 ha, staff: 2}\n"
                           "main_shop: Mill Rd.\n";

static double fixed_at(const loading *loaded, hw_value_id id) {
    const hw_value *value = &hw_binding_values(loaded->binding)->items[id];
    assert_int_equal(value->distribution.kind, HW_FIXED);
    return value->distribution.a;
}

static void test_every_key_type_fills_its_field(void **state) {
    (void)state;
    loading loaded;
    load_text(&loaded, town);
    assert_no_errors(&loaded);
    const bakery *chain = &loaded.bakery;
    assert_string_equal(chain->title, "Bread for all");
    assert_int_equal(chain->ovens.count, 2);
    assert_string_equal(chain->ovens.names[1], "Big");
    assert_int_equal(((const oven *)chain->ovens.items)[1].doors, 2);
    assert_int_equal(chain->main_shop, 1);
    const shop *corner = chain->shops.items;
    assert_true(fixed_at(&loaded, corner->area) == 52.0);
    assert_true(fabs(fixed_at(&loaded, corner->rent) - 500.0) < 1e-9);
    assert_int_equal(corner->staff, 10);
    assert_int_equal(corner->oven, 1);
    assert_int_equal(corner->style, 2);
    assert_int_equal(corner->neighbours.count, 2);
    assert_int_equal(corner->neighbours.items[0], 1);
    assert_int_equal(corner->neighbours.items[1], 0);
    assert_int_equal(corner->budget.count, 2);
    assert_int_equal(corner->budget.items[0].day, day(2021, 1, 1));
    assert_true(fixed_at(&loaded, corner->budget.items[0].value) == 2500.0);
    assert_int_equal(corner->budget.items[1].day, day(2022, 7, 1));
    assert_true(fixed_at(&loaded, corner->budget.items[1].value) == 500000.0);
    assert_int_equal(corner->opened, day(2020, 2, 29));
    assert_true(corner->open_on_sunday);
    assert_string_equal(corner->sign, "Hot");
    unload(&loaded);
}

static void test_what_is_left_out_has_its_default_or_says_that_it_is_absent(void **state) {
    (void)state;
    loading loaded;
    load_text(&loaded, "title: B\nshops: {A: {area: 20 m2, staff: 1}}\n");
    assert_no_errors(&loaded);
    const bakery *chain = &loaded.bakery;
    const shop *shop_a = chain->shops.items;
    const dough *yeast = chain->doughs[1];
    assert_int_equal(chain->start, day(2020, 11, 10));
    assert_true(chain->end == INT64_MAX);
    assert_int_equal(chain->spare, UINT32_MAX);
    assert_int_equal(chain->main_shop, HW_NO_REFERENCE);
    assert_int_equal(chain->ovens.count, 0);
    assert_int_equal(chain->delivery.fee, UINT32_MAX);
    assert_true(fixed_at(&loaded, chain->delivery.round) == 2e6);
    assert_true(fixed_at(&loaded, yeast->rise) == 0.5);
    assert_int_equal(shop_a->oven, HW_NO_REFERENCE);
    assert_int_equal(shop_a->neighbours.count, 0);
    assert_int_equal(shop_a->budget.count, 0);
    assert_null(shop_a->sign);
    assert_true(shop_a->opened == INT64_MAX);
    assert_int_equal(shop_a->style, 0);
    const hw_value *sold_out = &hw_binding_values(loaded.binding)->items[shop_a->sold_out];
    assert_int_equal(sold_out->distribution.kind, HW_BETA);
    assert_true(sold_out->standard && sold_out->assumed && sold_out->where.file == NULL);
    assert_int_equal(hw_binding_find(loaded.binding, "shops.A.sign"), UINT32_MAX);
    unload(&loaded);
}

static void test_distributions_are_read_with_units_and_clamped_to_the_range(void **state) {
    (void)state;
    static const struct {
        const char *written;
        hw_distribution_kind kind;
        double a, b, c;
    } cases[] = {
        {"{p10: 20 m2, p50: 1 ha, p90: 0.02 km2}", HW_QUANTILES, 20, 1e4, 2e4},
        {"{distribution: uniform, low: 20 m2, high: 1 ha}", HW_UNIFORM, 20, 1e4, 0},
        {"{distribution: triangular, low: 20 m2, mode: 30 m2, high: 1 ha}", HW_TRIANGULAR, 20, 30, 1e4},
        {"{distribution: pert, low: 20 m2, mode: 30 m2, high: 1 ha}", HW_PERT, 20, 30, 1e4},
        {"{distribution: normal, mean: 50 m2, sd: 5 m2}", HW_NORMAL, 50, 5, 0},
        {"{distribution: lognormal, median: 50 m2, sigma: 0.3}", HW_LOGNORMAL, 50, 0.3, 0},
        {"{distribution: exponential, mean: 1 ha}", HW_EXPONENTIAL, 1e4, 0, 0},
        {"{distribution: gamma, shape: 2, scale: 1 ha}", HW_GAMMA, 2, 1e4, 0},
        {"{value: 1 ha}", HW_FIXED, 1e4, 0, 0},
    };
    for (size_t i = 0; i < HW_LENGTH(cases); i++) {
        char yaml[256];
        snprintf(yaml, sizeof(yaml), "title: B\nshops: {A: {staff: 1, area: %s}}\n", cases[i].written);
        loading loaded;
        load_text(&loaded, yaml);
        assert_no_errors(&loaded);
        const hw_distribution *area = &value_at(&loaded, "shops.A.area")->distribution;
        assert_int_equal(area->kind, cases[i].kind);
        assert_true(area->a == cases[i].a && area->b == cases[i].b && area->c == cases[i].c);
        assert_true(area->low == 10 && area->high == 1e6);
        unload(&loaded);
    }
}

static void test_a_key_without_a_range_is_not_clamped(void **state) {
    (void)state;
    loading loaded;
    load_text(&loaded, "title: B\nspare: -1e30\n");
    assert_no_errors(&loaded);
    const hw_distribution *spare = &value_at(&loaded, "spare")->distribution;
    assert_true(isinf(spare->low) && spare->low < 0 && isinf(spare->high) && spare->high > 0);
    assert_true(spare->a == -1e30);
    unload(&loaded);
}

/* ---- Values, paths and sources ---- */

static void test_every_leaf_is_a_value_with_path_and_entity(void **state) {
    (void)state;
    loading loaded;
    load_text(&loaded, town);
    assert_no_errors(&loaded);
    const hw_values *values = hw_binding_values(loaded.binding);
    for (uint32_t i = 0; i < values->count; i++) {
        assert_int_equal(hw_binding_find(loaded.binding, values->items[i].path), i);
        assert_true(values->items[i].entity == hw_entity(values->items[i].path));
        assert_non_null(values->items[i].key);
        assert_non_null(values->items[i].written);
    }
    assert_string_equal(value_at(&loaded, "shops.Corner.budget.2021-01-01")->written, "2.5 kUSD");
    assert_string_equal(value_at(&loaded, "shops.\"Mill Rd.\".area")->written, "1 ha");
    assert_string_equal(value_at(&loaded, "shops.Corner.neighbours")->written, "[Mill Rd., Corner]");
    assert_string_equal(value_at(&loaded, "title")->written, "Bread for all");
    assert_true(value_at(&loaded, "shops.Corner.opened")->distribution.a == (double)day(2020, 2, 29));
    assert_true(value_at(&loaded, "shops.Corner.staff")->distribution.a == 10.0);
    assert_true(value_at(&loaded, "currencies.AZN")->distribution.a == 0.5);
    unload(&loaded);
}

static void test_the_currency_of_results_is_kept_with_the_scenario(void **state) {
    (void)state;
    static const char *const names[] = {"AZN", "USD"};
    for (size_t i = 0; i < HW_LENGTH(names); i++) {
        char text[200], kept[40];
        snprintf(text, sizeof text, "title: B\ncurrencies: {shown_in: %s, AZN: 0.588 USD}\n", names[i]);
        snprintf(kept, sizeof kept, "  shown_in: %s\n", names[i]);
        loading loaded;
        load_text(&loaded, text);
        assert_no_errors(&loaded);
        assert_string_equal(hw_binding_currencies(loaded.binding)->shown_in, names[i]);
        assert_non_null(strstr(hw_binding_resolved(loaded.binding), kept));
        unload(&loaded);
    }
}

static void test_positions_can_be_asked_for_by_path(void **state) {
    (void)state;
    loading loaded;
    load_text(&loaded, town);
    assert_no_errors(&loaded);
    hw_position where = hw_binding_where(loaded.binding, "shops.Corner.area");
    assert_string_equal(where.file, "bread.yaml");
    assert_int_equal(where.line, 8);
    assert_int_equal(where.column, 11);
    where = hw_binding_where(loaded.binding, "shops.\"Mill Rd.\"");
    assert_int_equal(where.line, 18);
    assert_int_equal(where.column, 3);
    assert_int_equal(hw_binding_where(loaded.binding, "shops").line, 6);
    assert_null(hw_binding_where(loaded.binding, "doughs.yeast").file);
    assert_null(hw_binding_where(loaded.binding, "shops.Nowhere").file);
    unload(&loaded);
}

static void test_the_nearest_mapping_in_the_same_file_gives_the_source(void **state) {
    (void)state;
    loading loaded;
    load_text(&loaded,
              "title: B\n"
              "source: survey\n"
              "shops:\n"
              "  A: {area: 20 m2, staff: {value: 1, source: count}}\n"
              "  B: {area: {p10: 20 m2, p50: 30 m2, p90: 40 m2, source: Joe, assumed: yes}, staff: 2, "
              "assumed: yes}\n"
              "  C: {area: {value: 20 m2, note: guess}, staff: 1, assumed: no}\n");
    assert_no_errors(&loaded);
    assert_string_equal(value_at(&loaded, "shops.A.area")->source, "survey");
    assert_false(value_at(&loaded, "shops.A.area")->assumed);
    assert_string_equal(value_at(&loaded, "shops.A.staff")->source, "count");
    assert_string_equal(value_at(&loaded, "shops.B.area")->source, "Joe");
    assert_true(value_at(&loaded, "shops.B.area")->assumed);
    assert_null(value_at(&loaded, "shops.B.staff")->source);
    assert_true(value_at(&loaded, "shops.B.staff")->assumed);
    assert_null(value_at(&loaded, "shops.C.area")->source);
    assert_false(value_at(&loaded, "shops.C.area")->assumed);
    assert_string_equal(value_at(&loaded, "doughs.yeast.waste")->source, "Miller 2019");
    assert_false(value_at(&loaded, "doughs.yeast.waste")->assumed);
    assert_true(value_at(&loaded, "doughs.yeast.rise")->assumed);
    unload(&loaded);
}

/* A newer number must not inherit the source of the older one that it replaces, nor its quantiles. */
static void test_a_later_value_does_not_inherit_the_source_of_an_earlier_one(void **state) {
    (void)state;
    loading loaded = {0};
    loaded.document = hw_document_parse(
        "title: B\nshops:\n  A: {source: survey, staff: 1, area: {p10: 20 m2, p50: 30 m2, p90: 40 m2, "
        "source: Joe}}\n",
        "bread.yaml", &loaded.errors);
    assert_non_null(loaded.document);
    hw_document_set(loaded.document, "shops.A.area", "{value: 50 m2}", "<command line>", &loaded.errors);
    hw_document_set(loaded.document, "shops.A.rent", "1 USD/day", "<command line>", &loaded.errors);
    bind_document(&loaded);
    assert_no_errors(&loaded);
    const hw_value *area = value_at(&loaded, "shops.A.area");
    assert_true(area->distribution.kind == HW_FIXED && area->distribution.a == 50.0);
    assert_null(area->source);
    assert_string_equal(area->where.file, "<command line>");
    assert_null(value_at(&loaded, "shops.A.rent")->source);
    assert_string_equal(value_at(&loaded, "shops.A.staff")->source, "survey");
    unload(&loaded);
}

/* ---- Refusals ---- */

#define SHOP "title: B\nshops:\n  A: {area: 20 m2, staff: 1}\n  B: {area: 20 m2, staff: 1, "

static void test_each_mistake_is_told_where_it_is_and_what_was_expected(void **state) {
    (void)state;
    static const struct {
        const char *yaml, *expected;
    } cases[] = {
        {"titel: B\n", "bread.yaml:1:1: unknown key 'titel' in the scenario; did you mean 'title'?\n"
                       "bread.yaml:1:1: 'title' is missing in the scenario: name of the scenario\n"},
        {"title: B\nshops: {A: {}}\n",
         "bread.yaml:2:9: 'area' is missing in shop 'A': expected an area such as 5.2 km2\n"
         "bread.yaml:2:9: 'staff' is missing in shop 'A': people who work there\n"},
        {SHOP "nieghbours: []}\n",
         "bread.yaml:4:30: unknown key 'nieghbours' in shop 'B'; did you mean 'neighbours'?\n"},
        {SHOP "xyz: 1}\n",
         "bread.yaml:4:30: unknown key 'xyz' in shop 'B'; known here: area, rent, sold_out, walk_in, staff, "
         "oven, "
         "style, neighbours, budget, opened, open_on_sunday, sign, source, assumed, note, known_by\n"},
        {SHOP "rent: 14 months}\n", "bread.yaml:4:36: 'rent': expected money per time such as 900 USD/day "
                                    "(USD/day, USD/week, USD/month, "
                                    "USD/year; also kUSD, MUSD, bnUSD), found '14 months'\n"},
        {SHOP "rent: [1]}\n",
         "bread.yaml:4:36: 'rent': expected money per time such as 900 USD/day, found a list\n"},
        {SHOP "rent: }\n",
         "bread.yaml:4:36: 'rent': expected money per time such as 900 USD/day, found nothing\n"},
        {SHOP "rent: 2 MUSD/day}\n",
         "bread.yaml:4:36: 'rent': out of range: expected 0 to 1 MUSD/day, found '2 MUSD/day'\n"},
        {SHOP "sold_out: 120 %}\n",
         "bread.yaml:4:40: 'sold_out': out of range: expected 0 to 100 %, found '120 %'\n"},
        {SHOP "walk_in: -1 /day}\n",
         "bread.yaml:4:39: 'walk_in': out of range: expected 0 to 10000/day, found '-1 /day'\n"},
        {SHOP "sold_out: {p10: 1 %, p50: 50 %, p90: 101 %}}\n",
         "bread.yaml:4:67: 'sold_out': out of range: expected 0 to 100 %, found '101 %'\n"},
        {SHOP "sold_out: {p10: 50 %, p50: 1 %, p90: 99 %}}\n",
         "bread.yaml:4:40: 'sold_out': p10 must not exceed p50\n"},
        {SHOP "sold_out: {p10: 50 %, p90: 99 %}}\n", "bread.yaml:4:40: 'sold_out': 'p50' is missing\n"},
        {SHOP "sold_out: {p10: 1 %, p50: 2 %, p90: 9 %, p95: 9 %}}\n",
         "bread.yaml:4:71: unknown key 'p95' in 'sold_out'; did you mean 'p90'?\n"},
        {SHOP "sold_out: {value: 1 %, p50: 2 %}}\n",
         "bread.yaml:4:40: 'sold_out': expected only one of 'value', of 'p10', 'p50' and 'p90', and of "
         "'distribution'\n"},
        {SHOP "sold_out: {source: Joe}}\n", "bread.yaml:4:40: 'sold_out': expected a number with its unit, "
                                            "or a mapping with 'value', with 'p10', "
                                            "'p50' and 'p90', or with 'distribution'\n"},
        {SHOP "sold_out: {distribution: betta, alpha: 1, beta: 2}}\n",
         "bread.yaml:4:55: 'sold_out': expected a distribution (uniform, triangular, pert, normal, "
         "lognormal, "
         "exponential, gamma, beta), found 'betta'; did you mean 'beta'?\n"},
        {SHOP "walk_in: {distribution: beta, alpha: 1, beta: 2}}\n",
         "bread.yaml:4:39: 'walk_in': a beta distribution lies between 0 and 1: it is for shares and "
         "numbers\n"},
        {SHOP "walk_in: {distribution: normal, mean: 3 /day, sd: 1}}\n",
         "bread.yaml:4:80: 'walk_in': expected a rate such as 10 %/year (/day, /week, /month, /year; also "
         "%/year), found '1', which has no unit\n"},
        {SHOP "oven: Big}\n", "bread.yaml:4:36: 'oven': there is no oven 'Big' in 'ovens'\n"},
        {SHOP "neighbours: [A, a, A, {}]}\n",
         "bread.yaml:4:46: 'neighbours': there is no shop 'a' in 'shops'; did you mean 'A'?\n"
         "bread.yaml:4:49: 'neighbours': 'A' is named twice\n"
         "bread.yaml:4:52: 'neighbours': expected a name, found keys and values\n"},
        {SHOP "neighbours: A}\n",
         "bread.yaml:4:42: 'neighbours': expected a list of names such as [one, another], found 'A'\n"},
        {SHOP "style: Rustik}\n",
         "bread.yaml:4:37: 'style': expected one of rustic, modern, stand-up, found 'Rustik'; did you mean "
         "'rustic'?\n"},
        {SHOP "opened: 2021-02-29}\n",
         "bread.yaml:4:38: 'opened': expected a date that exists, such as 2021-03-31, found '2021-02-29'\n"},
        {SHOP "open_on_sunday: maybe}\n",
         "bread.yaml:4:46: 'open_on_sunday': expected yes or no, found 'maybe'\n"},
        {SHOP "sign: {text: x}}\n", "bread.yaml:4:37: unknown key 'text' in 'sign': expected 'value' with "
                                    "'source', 'assumed', 'note' or 'known_by'\n"},
        {SHOP "sign: {source: x}}\n", "bread.yaml:4:36: 'sign': 'value' is missing\n"},
        {SHOP "budget: 5 USD}\n",
         "bread.yaml:4:38: 'budget': expected dates with values, such as {2021-03-31: ..., 2022: ...}, found "
         "'5 USD'\n"},
        {SHOP "budget: {2021: 5 USD, 2021-01-01: 6 USD, 21: 1 USD, 2022: -1 USD}}\n",
         "bread.yaml:4:52: 'budget': '2021' and '2021-01-01' are the same day\n"
         "bread.yaml:4:71: 'budget': expected a date such as 2021-03-31 or a year such as 2021, found '21'\n"
         "bread.yaml:4:88: 'budget' of 2022-01-01: out of range: expected 0 to 1000000000 USD, found '-1 "
         "USD'\n"},
        {SHOP "budget: {2021: 5 USD, 2022: 120 % of 2022, 2023: 1 % of 2020, 2024: x % of 2021}}\n",
         "bread.yaml:4:58: 'budget' of 2022-01-01: expected a share of an earlier entry, such as 120 % of "
         "2026, found '120 % of 2022'\n"
         "bread.yaml:4:79: 'budget' of 2023-01-01: expected a share of an earlier entry, such as 120 % of "
         "2026, found '1 % of 2020'\n"
         "bread.yaml:4:98: 'budget' of 2024-01-01: expected a share such as 35 % (%, or a number such as "
         "0.35), found 'x %'\n"},
        {SHOP "budget: {2021: 9 % of 2020}}\n",
         "bread.yaml:4:45: 'budget' of 2021-01-01: expected a share of an earlier entry, such as 120 % of "
         "2026, found '9 % of 2020'\n"},
        {SHOP "budget: {2021: 9 USD, 2022: 1e6 % of 2021, 2023: -1 % of 2021}}\n",
         "bread.yaml:4:58: 'budget' of 2022-01-01: out of range: expected 0 to 10000 %, found '1e6 % of "
         "2021'\n"
         "bread.yaml:4:79: 'budget' of 2023-01-01: out of range: expected 0 to 10000 %, found '-1 % of "
         "2021'\n"},
        {"title: B\nshops: {A: {area: 20 m2, staff: 0}}\n",
         "bread.yaml:2:33: 'staff': out of range: expected 1 to 500, found '0'\n"},
        {"title: B\nshops: {A: {area: 20 m2, staff: 1.5}}\n",
         "bread.yaml:2:33: 'staff': expected a whole number such as 12 or 1_000, at most 4_294_967_295, "
         "found "
         "'1.5'\n"},
        {"title: B\nshops: {A: {area: 20 m2, staff: 4294967296}}\n",
         "bread.yaml:2:33: 'staff': expected a whole number such as 12 or 1_000, at most 4_294_967_295, "
         "found "
         "'4294967296'\n"},
        {"title: B\nshops: {A: {area: 20 m2, staff: {p50: 2}}}\n",
         "bread.yaml:2:34: unknown key 'p50' in 'staff': expected 'value' with 'source', 'assumed', 'note' "
         "or "
         "'known_by'\n"},
        {"title: B\nshops: [A]\n",
         "bread.yaml:2:1: expected names with keys and values in 'shops', found a list\n"},
        {"title: B\nshops:\n", "bread.yaml:2:1: expected names with keys and values in 'shops', found "
                               "nothing; write {} when there are "
                               "none\n"},
        {"title: B\nshops: {A: }\n",
         "bread.yaml:2:9: expected keys and values in shop 'A', found nothing; write "
         "{} when there are none\n"},
        {"title: B\ndelivery: far\n",
         "bread.yaml:2:1: expected keys and values in section 'delivery', found 'far'\n"},
        {"title: B\ndelivery: {distanse: 3 km}\n",
         "bread.yaml:2:12: unknown key 'distanse' in section 'delivery'; did you mean 'distance'?\n"},
        {"title: B\ndoughs: {yest: {}, yeast: {rise: 40 days}}\n",
         "bread.yaml:2:10: there is no 'yest' in doughs; did you mean 'yeast'?\n"
         "bread.yaml:2:34: 'rise': out of range: expected 0 to 30 days, found '40 days'\n"},
        {"title: B\ncurrencies: {azn: 1 USD, AZN: 1 EUR, EUR: {p10: 1 USD, p50: 2 USD, p90: 3 USD}}\n",
         "bread.yaml:2:14: expected a currency of three capital letters such as AZN, other than USD, found "
         "'azn'\n"
         "bread.yaml:2:31: 'AZN': expected money such as 2.5 MUSD (USD, kUSD, MUSD, bnUSD), found '1 EUR': "
         "what "
         "other currencies are worth is said at the top, as in currencies: {AZN: 0.588 USD}\n"
         "bread.yaml:2:43: 'EUR': expected a fixed amount such as 0.588 USD, found keys and values\n"},
        {"title: B\ncurrencies: {AZN: 0.588 USD, shown_in: AZM}\n",
         "bread.yaml:2:40: 'currencies.shown_in': expected USD or one of these currencies, found 'AZM'; did "
         "you mean 'AZN'?\n"},
        {"title: B\ncurrencies: 5\n", "bread.yaml:2:13: 'currencies': expected names with their worth, such "
                                      "as {AZN: 0.588 USD}, found '5'\n"},
        {"title: \"\"\n", "bread.yaml:1:8: 'title': expected a text, found nothing\n"},
    };
    for (size_t i = 0; i < HW_LENGTH(cases); i++) {
        assert_refused(cases[i].yaml, cases[i].expected);
    }
}

static void test_all_mistakes_are_reported_at_once_in_the_order_of_the_file(void **state) {
    (void)state;
    assert_refused(
        "main_shop: Cornr\n"
        "shops:\n"
        "  Corner: {area: 5 m2, staff: none}\n"
        "  Corner: {}\n"
        "ovens: {Big: {doors: 9}}\n"
        "title: B\n"
        "title: C\n",
        "bread.yaml:1:12: 'main_shop': there is no shop 'Cornr' in 'shops'; did you mean 'Corner'?\n"
        "bread.yaml:3:18: 'area': out of range: expected 10 to 1000000 m2, found '5 m2'\n"
        "bread.yaml:3:31: 'staff': expected a whole number such as 12 or 1_000, at most "
        "4_294_967_295, found 'none'\n"
        "bread.yaml:4:3: 'Corner' is here a second time; the first is in line 3, column 3\n"
        "bread.yaml:4:3: 'area' is missing in shop 'Corner': expected an area such as 5.2 km2\n"
        "bread.yaml:4:3: 'staff' is missing in shop 'Corner': people who work there\n"
        "bread.yaml:5:22: 'doors': out of range: expected 1 to 8, found '9'\n"
        "bread.yaml:7:1: 'title' is here a second time; the first is in line 6, column 1\n");
}

static void test_mistakes_beyond_what_is_kept_are_counted(void **state) {
    (void)state;
    char *yaml = calloc(300, 32);
    strcpy(yaml, "title: B\n");
    char *end = yaml + strlen(yaml);
    for (int i = 0; i < 250; i++) {
        end += sprintf(end, "key%d: 1\n", i);
    }
    loading loaded;
    load_text(&loaded, yaml);
    assert_int_equal(loaded.errors.count, 250);
    assert_int_equal(loaded.errors.items[0].where.line, 2);
    assert_int_equal(loaded.errors.items[loaded.errors.kept - 1].where.line, HW_ERRORS_KEPT + 1);
    unload(&loaded);
    free(yaml);
}

static void test_an_unknown_path_set_from_outside_is_blamed_on_its_origin(void **state) {
    (void)state;
    loading loaded = {0};
    loaded.document = hw_document_parse("title: B\n", "bread.yaml", &loaded.errors);
    hw_document_set(loaded.document, "doughs.yeast.raise", "1 day", "<command line>", &loaded.errors);
    hw_document_set(loaded.document, "doughs.yeast.waste", "1 day", "<command line>", &loaded.errors);
    bind_document(&loaded);
    assert_null(loaded.binding);
    assert_error_text(&loaded.errors,
                      "<command line>:1:1: unknown key 'raise' in 'yeast' of doughs; did you mean 'rise'?\n"
                      "<command line>:1:1: 'waste': expected a share such as 35 % (%, or a number such as "
                      "0.35), found '1 day'\n");
    unload(&loaded);
}

/* ---- Descriptor tables ---- */

static void assert_unsound(const hw_key *key, const char *expected) {
    hw_errors errors = {0};
    hw_section section = {
        .name = "cake", .documentation = "A cake.", .size = 64, .keys = key, .key_count = 1};
    assert_int_equal(hw_schema_check(&section, &errors), HW_ERROR_INPUT);
    assert_error_text(&errors, expected);
    hw_errors_free(&errors);
}

static void test_unsound_descriptor_tables_are_found(void **state) {
    (void)state;
    hw_errors errors = {0};
    assert_int_equal(hw_schema_check(&bakery_section, &errors), HW_OK);
    assert_int_equal(errors.count, 0);
    hw_key key = {.name = "size", .type = HW_KEY_QUANTITY, .dimension = HW_DIM_AREA, .meaning = "its size"};
    key.standard = "3 days";
    assert_unsound(&key,
                   "'size' (its default): expected an area such as 5.2 km2 (m2, ha, km2), found '3 days'\n"
                   "size: its default cannot be read\n");
    key.standard = "3 m2";
    key.low = 5;
    key.high = 6;
    assert_unsound(&key, "'size' (its default): out of range: expected 5 to 6 m2, found '3 m2'\n"
                         "size: its default cannot be read\n");
    key.low = 7;
    assert_unsound(&key, "size: has an empty range\n");
    key = (hw_key){.name = "source", .type = HW_KEY_TEXT, .meaning = "x"};
    assert_unsound(&key, "source: is no name for a key, or a reserved one\n");
    key = (hw_key){.name = "of", .type = HW_KEY_REFERENCE, .refers_to = "cakes", .meaning = "x"};
    assert_unsound(&key, "of: refers to what is no table of the root\n");
    key = (hw_key){.name = "n", .type = HW_KEY_COUNT, .optional = true, .meaning = "x"};
    assert_unsound(&key, "n: cannot be optional, or cannot have a default, by its type\n");
    key = (hw_key){.name = "n", .type = HW_KEY_CHOICE, .meaning = "x"};
    assert_unsound(&key, "n: has no choices\n");
    key = (hw_key){.name = "n", .type = HW_KEY_TEXT, .meaning = "x", .offset = 64};
    assert_unsound(&key, "n: lies outside its struct\n");
}

/* "120 % of 2026" is a share of the entry that holds then, be it an amount or a share itself. */
static void test_an_entry_of_a_dated_list_is_a_share_of_an_earlier_one(void **state) {
    (void)state;
    loading loaded;
    load_text(
        &loaded,
        "title: B\nshops: {A: {area: 20 m2, staff: 1, budget: {source: x, 2021: 2 USD, 2022: 150 % of 2021,\n"
        "  2024: {value: 1.1 of 2023-06-30, source: y}, 2025: 5 USD}}}\n");
    assert_no_errors(&loaded);
    const hw_dated_list *budget = &((const shop *)loaded.bakery.shops.items)->budget;
    static const uint32_t of[] = {HW_NO_REFERENCE, 0, 1, HW_NO_REFERENCE};
    static const double numbers[] = {2, 1.5, 1.1, 5};
    assert_int_equal(budget->count, HW_LENGTH(of));
    for (uint32_t i = 0; i < budget->count; i++) {
        assert_int_equal(budget->items[i].of, of[i]);
        assert_true(fixed_at(&loaded, budget->items[i].value) == numbers[i]);
    }
    const hw_value *share = value_at(&loaded, "shops.A.budget.2024-01-01");
    assert_string_equal(share->source, "y");
    assert_int_equal(share->key->dimension, HW_DIM_SHARE);
    unload(&loaded);
}

/* The day or the year whose first day it is, whichever of them the file says. */
static void test_an_entry_of_a_dated_list_is_set_by_day_or_year(void **state) {
    (void)state;
    static const char *const written[] = {"2021", "2021-01-01"};
    for (int w = 0; w < 2; w++) {
        for (int s = 0; s < 2; s++) {
            loading loaded = {0};
            char yaml[200], path[60];
            snprintf(yaml, sizeof(yaml),
                     "shops:\n  Corner: {area: 50 m2, rent: 1 USD/day, budget: {source: x, %s: 2 USD, 2022: "
                     "3 USD}}\n",
                     written[w]);
            snprintf(path, sizeof(path), "shops.Corner.budget.%s", written[s]);
            loaded.document = hw_document_parse(yaml, "bread.yaml", &loaded.errors);
            assert_non_null(loaded.document);
            assert_int_equal(
                hw_document_set(loaded.document, path, "7 USD", "<command line>", &loaded.errors), HW_OK);
            const hw_node *shops = hw_node_child(hw_document_root(loaded.document), "shops");
            const hw_node *budget = hw_node_child(hw_node_child(shops, "Corner"), "budget");
            assert_int_equal(budget->child_count, 3);
            assert_string_equal(hw_node_child(budget, written[w])->text, "7 USD");
            hw_errors_free(&loaded.errors);
            hw_document_free(loaded.document);
        }
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_every_key_type_fills_its_field),
        cmocka_unit_test(test_what_is_left_out_has_its_default_or_says_that_it_is_absent),
        cmocka_unit_test(test_distributions_are_read_with_units_and_clamped_to_the_range),
        cmocka_unit_test(test_a_key_without_a_range_is_not_clamped),
        cmocka_unit_test(test_every_leaf_is_a_value_with_path_and_entity),
        cmocka_unit_test(test_the_currency_of_results_is_kept_with_the_scenario),
        cmocka_unit_test(test_positions_can_be_asked_for_by_path),
        cmocka_unit_test(test_the_nearest_mapping_in_the_same_file_gives_the_source),
        cmocka_unit_test(test_a_later_value_does_not_inherit_the_source_of_an_earlier_one),
        cmocka_unit_test(test_each_mistake_is_told_where_it_is_and_what_was_expected),
        cmocka_unit_test(test_all_mistakes_are_reported_at_once_in_the_order_of_the_file),
        cmocka_unit_test(test_mistakes_beyond_what_is_kept_are_counted),
        cmocka_unit_test(test_an_unknown_path_set_from_outside_is_blamed_on_its_origin),
        cmocka_unit_test(test_unsound_descriptor_tables_are_found),
        cmocka_unit_test(test_an_entry_of_a_dated_list_is_set_by_day_or_year),
        cmocka_unit_test(test_an_entry_of_a_dated_list_is_a_share_of_an_earlier_one),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
