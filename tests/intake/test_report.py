from collegium.intake.report import Report, ReportLine


def test_the_report_in_sentences():
    report = Report("small", "A small pack")
    report.made += [ReportLine("topics", "a"), ReportLine("topics", "b")]
    report.updated.append(ReportLine("topics", "c"))
    report.kept.append(ReportLine("topics", "d", "It was edited here."))
    report.left_deleted.append(ReportLine("topics", "e"))
    report.gone.append(ReportLine("topics", "f"))
    assert report.lines() == [
        "The pack small (A small pack) is loaded: 2 made, 1 updated, 0 unchanged.",
        "Kept as it is: topics d. It was edited here.",
        "Left deleted: topics e. It was deleted here; the pack does not bring it back.",
        "No longer in the pack: topics f. What stands here stays; delete it here if it should go.",
    ]
