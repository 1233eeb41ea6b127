// Names of the scenarios that come with the program, in Azerbaijani. A name that is not here is shown as the
// scenario gives it.

/** @type {Record<string, string>} */
export const names_az = {
    Agdam: 'Ağdam', Fuzuli: 'Füzuli', Jabrayil: 'Cəbrayıl', Zangilan: 'Zəngilan', Gubadli: 'Qubadlı', Lachin: 'Laçın', Kalbajar: 'Kəlbəcər',
    Shusha: 'Şuşa', Khojavend: 'Xocavənd', Khojaly: 'Xocalı', Tartar: 'Tərtər', Khankendi: 'Xankəndi',
    'Barda-Agdam road': 'Bərdə–Ağdam yolu', 'Fuzuli airport': 'Füzuli hava limanı', 'Victory Road, Fuzuli': 'Zəfər yolu, Füzuli',
    'Victory Road, Khojavend': 'Zəfər yolu, Xocavənd', 'Victory Road to Shusha': 'Şuşaya Zəfər yolu',
    'Horadiz-Aghband corridor, Fuzuli': 'Horadiz–Ağbənd yolu, Füzuli', 'Horadiz-Aghband corridor, Jabrayil': 'Horadiz–Ağbənd yolu, Cəbrayıl',
    'Horadiz-Aghband corridor, Zangilan': 'Horadiz–Ağbənd yolu, Zəngilan', 'Khanlig-Gubadli road': 'Xanlıq–Qubadlı yolu', 'Murov pass road': 'Murov aşırımı yolu',
    'Tartar-Sugovushan road': 'Tərtər–Suqovuşan yolu', 'Agdam-Khankendi road': 'Ağdam–Xankəndi yolu',
    'Agdam city': 'Ağdam şəhəri', Khidirli: 'Xıdırlı', Sarijali: 'Sarıcalı', 'Agdam villages': 'Ağdam kəndləri', 'Fuzuli city': 'Füzuli şəhəri',
    Dovlatyarli: 'Dövlətyarlı', 'Fuzuli villages': 'Füzuli kəndləri', 'Jojug Marjanli farmland': 'Cocuq Mərcanlı əkin sahələri',
    'Jabrayil city': 'Cəbrayıl şəhəri', 'Jabrayil villages': 'Cəbrayıl kəndləri', Aghali: 'Ağalı', 'Zangilan town': 'Zəngilan şəhəri',
    'Zangilan villages': 'Zəngilan kəndləri', 'Gubadli town': 'Qubadlı şəhəri', 'Gubadli villages': 'Qubadlı kəndləri', 'Lachin town': 'Laçın şəhəri',
    Zabukh: 'Zabux', Sus: 'Sus', 'Lachin villages': 'Laçın kəndləri', 'Kalbajar city': 'Kəlbəcər şəhəri', 'Kalbajar villages': 'Kəlbəcər kəndləri',
    'Shusha city': 'Şuşa şəhəri', Hadrut: 'Hadrut', 'Khojavend town': 'Xocavənd şəhəri', 'Khojavend villages': 'Xocavənd kəndləri', Talish: 'Talış',
    Sugovushan: 'Suqovuşan', 'Tartar villages': 'Tərtər kəndləri', 'Khojaly town': 'Xocalı şəhəri',
    'State mine action budget': 'Dövlət büdcəsi, minatəmizləmə', 'EU through UNDP, first': 'Aİ, BMTİP vasitəsilə, birinci', 'EU through UNDP, second': 'Aİ, BMTİP vasitəsilə, ikinci',
    'EU from 2024': 'Aİ, 2024-cü ildən', 'EU mine action centre': 'Aİ, minatəmizləmə mərkəzi', 'United Kingdom': 'Birləşmiş Krallıq', 'United States': 'ABŞ',
    Japan: 'Yaponiya', 'UNDP trust fund': 'BMTİP etimad fondu', France: 'Fransa', Canada: 'Kanada', 'Other donors to 2023': '2023-cü ilədək digər donorlar',
    'Donors for MAG': 'MAG üçün donorlar', 'Donors after 2025': '2025-ci ildən sonrakı donorlar', 'State reconstruction budget': 'Dövlət büdcəsi, bərpa və yenidənqurma',
    'Great Return, baseline': 'Böyük Qayıdış, baza ssenarisi',
    'What Agdam hangs on': 'Ağdam nədən asılıdır', 'Zangilan, what matters': 'Zəngilan: nə önəmlidir',
    'Zangilan, quick': 'Zəngilan, qısa ssenari',
    undiscovered: 'aşkar edilməmiş ərazi', survey_rate: 'tədqiqatın sürəti', rule: 'növbəlilik qaydası', nearest_release: 'azad edilməyə ən yaxın olan', returnees_per_dollar: 'dollara düşən qayıdanlar', worst_first: 'əvvəlcə ən pisi',
    survey_tells_clean_ground: 'tədqiqatın təmiz torpağı ayırması', technical_survey_rate: 'texniki tədqiqatın sürəti', technical_survey_margin: 'texniki tədqiqatın ehtiyat zolağı',
    battle_area_rate: 'döyüş sahəsində axtarışın sürəti', size_of_city_outskirts: 'şəhərətrafı ərazinin ölçüsü', remnants_in_medium_land: 'orta sinif ərazidə döyüş qalıqları', mines_in_high_land: 'yüksək sinif ərazidə minalar',
    undiscovered_land: 'aşkar edilməmiş ərazi', price_of_what_is_left_behind: 'yerdə qalanın qiyməti', teams_that_fit_at_once: 'eyni vaxtda işləyə bilən qruplar', report_time: 'hesabatın müddəti', workable_days_in_plain: 'düzənlikdə iş günləri',
    state_budget_factor: 'dövlət büdcəsinin əmsalı', state_overhead: 'dövlətin inzibati xərcləri', time_to_build_houses: 'evlərin tikinti müddəti', families_that_return: 'qayıdan ailələr', visitor_accidents: 'gələnlərin qəzaları',
};
