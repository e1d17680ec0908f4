// Host tests in the format of guest tests and CTest: file:line:name:PASS, a line a case.
// SPDX-License-Identifier: MIT
//
// The line format is that of ThrowTheSwitch's Unity, which parsers and people know; the vocabulary
// is doctest's. Linked into each host test program, together with its main.
#define DOCTEST_CONFIG_IMPLEMENT
#include <doctest/doctest.h>

#include <algorithm>
#include <filesystem>
#include <ostream>
#include <sstream>
#include <string>

namespace {

bool ran_any = false;

struct UnityReporter : doctest::IReporter {
    explicit UnityReporter(const doctest::ContextOptions& options) : out(*options.cout) {}

    // --list-test-cases, by which CTest finds them: a name a line, between rulers as doctest has
    // it.
    void report_query(const doctest::QueryData& query) override {
        for (unsigned i = 0; i < query.num_data; ++i)
            out << query.data[i]->m_name << '\n';
    }
    void test_run_start() override {}
    void test_run_end(const doctest::TestRunStats& run) override {
        ran_any = run.numTestCasesPassingFilters != 0;
        out << "-----------------------\n"
            << run.numTestCasesPassingFilters << " Tests " << run.numTestCasesFailed << " Failures "
            << "0 Ignored\n"
            << (run.numTestCasesFailed == 0 ? "OK" : "FAIL") << '\n';
    }
    void test_case_start(const doctest::TestCaseData& test) override {
        current = &test;
        name = test.m_name;
        std::replace(name.begin(), name.end(), ':', ','); // a colon ends a field
        first_failure.clear();
    }
    void test_case_reenter(const doctest::TestCaseData& /*test*/) override {}
    void test_case_end(const doctest::CurrentTestCaseStats& stats) override {
        if (stats.testCaseSuccess)
            line(current->m_file.c_str(), current->m_line, "PASS");
        else if (first_failure.empty())
            line(current->m_file.c_str(), current->m_line, "FAIL");
        else
            out << first_failure;
    }
    void test_case_exception(const doctest::TestCaseException& exception) override {
        note(current->m_file.c_str(), current->m_line, exception.error_string.c_str());
    }
    void subcase_start(const doctest::SubcaseSignature& /*signature*/) override {}
    void subcase_end() override {}
    void log_assert(const doctest::AssertData& data) override {
        if (!data.m_failed)
            return;
        std::string what = std::string(doctest::assertString(data.m_at)) + "(" + data.m_expr + ")";
        if (data.m_decomp.size() != 0)
            what += std::string(" is ") + data.m_decomp.c_str();
        std::ostringstream context;
        for (int i = 0; i < get_num_active_contexts(); ++i) {
            context << "; ";
            get_active_contexts()[i]->stringify(&context);
        }
        note(data.m_file, data.m_line, (what + context.str()).c_str());
    }
    void log_message(const doctest::MessageData& data) override {
        if ((data.m_severity & doctest::assertType::is_warn) != 0)
            out << data.m_string << '\n';
        else
            note(data.m_file, data.m_line, data.m_string.c_str());
    }
    void test_case_skipped(const doctest::TestCaseData& /*test*/) override {}

    void line(const char* file, unsigned at, const char* verdict) {
        out << std::filesystem::path(file).filename().string() << ':' << at << ':' << name << ':'
            << verdict << '\n';
    }
    void note(const char* file, unsigned at, const char* why) {
        first_failure += std::filesystem::path(file).filename().string() + ":" +
                         std::to_string(at) + ":" + name + ":FAIL: " + why + "\n";
    }

    std::ostream& out;
    const doctest::TestCaseData* current = nullptr;
    std::string name;
    std::string first_failure;
};

DOCTEST_REGISTER_REPORTER("unity", 1, UnityReporter);

} // namespace

int main(int argc, char** argv) {
    doctest::Context context;
    context.setOption("reporters", "unity");
    context.applyCommandLine(argc, argv);
    const int result = context.run();
    if (context.shouldExit()) // it only answered a question
        return result;
    return result == 0 && !ran_any ? 1 : result; // a filter that fits nothing tests nothing
}
