/* Statistical tests here each reject a perfect generator with probability ERROR_RATE; seeds are fixed, so a
 * test that passes once passes always. */
#include "sim/rng.h"

#include "sim/length.h"
#include "tests/sim/check.h"
#include <gsl/gsl_cdf.h>
#include <math.h>
#include <stdlib.h>

static const double ERROR_RATE = 1e-3;

static int compare_words(const void *a, const void *b) {
    uint64_t left = *(const uint64_t *)a, right = *(const uint64_t *)b;
    return (left > right) - (left < right);
}

static void assert_all_differ(uint64_t *words, size_t count) {
    qsort(words, count, sizeof *words, compare_words);
    for (size_t i = 1; i < count; i++) {
        assert_true(words[i] != words[i - 1]);
    }
}

static void test_philox_gives_the_published_numbers(void **state) {
    (void)state;
    /* Random123, tests/kat_vectors: philox4x64 10 rounds */
    static const struct {
        uint64_t counter[4], key[2], expected[4];
    } known[] = {
        {{0, 0, 0, 0},
         {0, 0},
         {0x16554d9eca36314c, 0xdb20fe9d672d0fdc, 0xd7e772cee186176b, 0x7e68b68aec7ba23b}},
        {{UINT64_MAX, UINT64_MAX, UINT64_MAX, UINT64_MAX},
         {UINT64_MAX, UINT64_MAX},
         {0x87b092c3013fe90b, 0x438c3c67be8d0224, 0x9cc7d7c69cd777b6, 0xa09caebf594f0ba0}},
    };
    for (int i = 0; i < 2; i++) {
        hw_draws draws;
        hw_rng_key key = {known[i].key[0], known[i].key[1]};
        hw_draws_open(&draws, key, known[i].counter[0], known[i].counter[1], known[i].counter[2]);
        draws.counter.v[3] = known[i].counter[3];
        for (int j = 0; j < 4; j++) {
            assert_true(hw_draws_bits(&draws) == known[i].expected[j]);
        }
    }
}

/* The first words of many streams (entity, purpose, occurrence) of one replication, over more than one block
 * each. By chance two of these 650,000 words are equal with probability 1e-8. */
static void test_no_two_purposes_entities_or_occurrences_share_a_draw(void **state) {
    (void)state;
    enum {
        WORDS_EACH = 10,
        ENTITIES = 16,
        PURPOSES = 64,
        OCCURRENCES = 64,
        WORDS = WORDS_EACH * ENTITIES * PURPOSES * OCCURRENCES
    };
    uint64_t *words = malloc(WORDS * sizeof *words);
    assert_non_null(words);
    size_t count = 0;
    for (uint64_t entity = 0; entity < ENTITIES; entity++) {
        for (uint64_t purpose = 0; purpose < PURPOSES; purpose++) {
            for (uint64_t occurrence = 0; occurrence < OCCURRENCES; occurrence++) {
                hw_draws draws;
                hw_draws_open(&draws, (hw_rng_key){2020, 3}, entity, purpose, occurrence);
                for (int i = 0; i < WORDS_EACH; i++) {
                    words[count++] = hw_draws_bits(&draws);
                }
            }
        }
    }
    assert_all_differ(words, count);
    free(words);
}

static void test_all_replications_of_all_seeds_differ(void **state) {
    (void)state;
    enum { SEEDS = 64, REPLICATIONS = 4096 };
    uint64_t *words = calloc(SEEDS, REPLICATIONS * sizeof *words);
    assert_non_null(words);
    size_t count = 0;
    for (uint64_t seed = 0; seed < SEEDS; seed++) {
        for (uint64_t replication = 0; replication < REPLICATIONS; replication++) {
            hw_draws draws;
            hw_draws_open(&draws, (hw_rng_key){seed, replication}, 7, 7, 7);
            words[count++] = hw_draws_bits(&draws);
        }
    }
    assert_all_differ(words, count);
    free(words);
}

static void test_uniforms_lie_strictly_between_0_and_1(void **state) {
    (void)state;
    assert_true(hw_uniform_from_bits(0) > 0.0);
    assert_true(hw_uniform_from_bits(UINT64_MAX) < 1.0);
    assert_same(hw_uniform_from_bits(0), 1.0 - hw_uniform_from_bits(UINT64_MAX));
    for (int bit = 12; bit < 64; bit++) { /* neighbours stay apart over the whole range */
        uint64_t bits = UINT64_C(1) << bit;
        assert_true(hw_uniform_from_bits(bits) > hw_uniform_from_bits(bits - 1));
        assert_true(hw_uniform_from_bits(~bits) < hw_uniform_from_bits(~(bits - 1)));
    }
}

static void test_a_stream_starts_with_the_block_of_its_counter(void **state) {
    (void)state;
    hw_rng_key key = {11, 22};
    double block[4];
    hw_draw_block(key, 1, 2, 3, block);
    assert_same(hw_draw(key, 1, 2, 3), block[0]);
    double by_rounds[4];
    hw_rng_rounds rounds = hw_rng_rounds_of(key);
    hw_draw_block_by(&rounds, 1, 2, 3, by_rounds);
    hw_draws draws;
    hw_draws_open(&draws, key, 1, 2, 3);
    for (int i = 0; i < 4; i++) {
        assert_same(hw_draws_uniform(&draws), block[i]);
        assert_same(by_rounds[i], block[i]);
    }
}

static void test_a_copied_stream_goes_on_like_the_first_and_leaves_it_alone(void **state) {
    (void)state;
    hw_draws draws;
    hw_draws_open(&draws, (hw_rng_key){1, 2}, 3, 4, 5);
    hw_draws_bits(&draws);
    hw_draws fork = draws;
    uint64_t forked[10];
    for (int i = 0; i < 10; i++) {
        forked[i] = hw_draws_bits(&fork);
    }
    for (int i = 0; i < 10; i++) {
        assert_true(hw_draws_bits(&draws) == forked[i]);
    }
}

/* ---- statistical tests along every part of key and counter ---- */

enum { DRAWS = 100000, CELLS = 1000 };

typedef double draw_along(uint64_t index);

static double along_blocks(uint64_t index) {
    static hw_draws draws;
    if (index == 0) {
        hw_draws_open(&draws, (hw_rng_key){5, 5}, 1, 1, 1);
    }
    return hw_draws_uniform(&draws);
}

static double along_entities(uint64_t index) {
    return hw_draw((hw_rng_key){5, 5}, index, 1, 1);
}

static double along_purposes(uint64_t index) {
    return hw_draw((hw_rng_key){5, 5}, 1, index, 1);
}

static double along_occurrences(uint64_t index) {
    return hw_draw((hw_rng_key){5, 5}, 1, 1, index);
}

static double along_replications(uint64_t index) {
    return hw_draw((hw_rng_key){5, index}, 1, 1, 1);
}

static double along_seeds(uint64_t index) {
    return hw_draw((hw_rng_key){index, 5}, 1, 1, 1);
}

static draw_along *const directions[] = {along_blocks,      along_entities,     along_purposes,
                                         along_occurrences, along_replications, along_seeds};
enum { DIRECTIONS = HW_LENGTH(directions) };

/* Chi-square on equal cells; both tails, for numbers can be too even as well. */
static void assert_uniform(draw_along *draw) {
    static uint32_t counts[CELLS];
    for (int i = 0; i < CELLS; i++) {
        counts[i] = 0;
    }
    for (uint64_t i = 0; i < DRAWS; i++) {
        counts[(int)(draw(i) * CELLS)]++;
    }
    double expected = (double)DRAWS / CELLS, chi_square = 0.0;
    for (int i = 0; i < CELLS; i++) {
        chi_square += (counts[i] - expected) * (counts[i] - expected) / expected;
    }
    assert_true(chi_square > gsl_cdf_chisq_Pinv(0.5 * ERROR_RATE, CELLS - 1));
    assert_true(chi_square < gsl_cdf_chisq_Qinv(0.5 * ERROR_RATE, CELLS - 1));
}

static void test_draws_are_uniform_along_every_part_of_the_key(void **state) {
    (void)state;
    for (int i = 0; i < DIRECTIONS; i++) {
        assert_uniform(directions[i]);
    }
}

/* The sum of n products of independent centred uniforms is normal with variance n / 144. */
static void assert_uncorrelated(double product_sum, double count) {
    double z = product_sum / sqrt(count / 144.0);
    assert_true(fabs(z) < gsl_cdf_ugaussian_Qinv(0.5 * ERROR_RATE));
}

static void test_neighbours_along_every_part_of_the_key_are_uncorrelated(void **state) {
    (void)state;
    for (int i = 0; i < DIRECTIONS; i++) {
        double sum = 0.0, last = directions[i](0) - 0.5;
        for (uint64_t j = 1; j < DRAWS; j++) {
            double next = directions[i](j) - 0.5;
            sum += last * next;
            last = next;
        }
        assert_uncorrelated(sum, DRAWS - 1);
    }
}

static void test_streams_of_two_purposes_are_uncorrelated(void **state) {
    (void)state;
    for (uint64_t purpose = 0; purpose < 10; purpose++) {
        hw_draws one, other;
        hw_draws_open(&one, (hw_rng_key){1, 1}, 1, purpose, 0);
        hw_draws_open(&other, (hw_rng_key){1, 1}, 1, purpose + 1, 0);
        double sum = 0.0;
        for (int i = 0; i < DRAWS; i++) {
            sum += (hw_draws_uniform(&one) - 0.5) * (hw_draws_uniform(&other) - 0.5);
        }
        assert_uncorrelated(sum, DRAWS);
    }
}

static void test_names_have_the_published_hash(void **state) {
    (void)state;
    /* FNV-1a, 64 bits: test vectors of its authors */
    assert_true(hw_entity("") == 0xcbf29ce484222325);
    assert_true(hw_entity("a") == 0xaf63dc4c8601ec8c);
    assert_true(hw_entity("foobar") == 0x85944171f73967e8);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_philox_gives_the_published_numbers),
        cmocka_unit_test(test_no_two_purposes_entities_or_occurrences_share_a_draw),
        cmocka_unit_test(test_all_replications_of_all_seeds_differ),
        cmocka_unit_test(test_uniforms_lie_strictly_between_0_and_1),
        cmocka_unit_test(test_a_stream_starts_with_the_block_of_its_counter),
        cmocka_unit_test(test_a_copied_stream_goes_on_like_the_first_and_leaves_it_alone),
        cmocka_unit_test(test_draws_are_uniform_along_every_part_of_the_key),
        cmocka_unit_test(test_neighbours_along_every_part_of_the_key_are_uncorrelated),
        cmocka_unit_test(test_streams_of_two_purposes_are_uncorrelated),
        cmocka_unit_test(test_names_have_the_published_hash),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
